import { Sayings, shelfOf, shelved, without } from '../../src/newsroom/beside/shelf.rules.js';

describe('a shelf', () => {
  test('takes four characters for an edition', () => {
    expect([shelved(1, 0), shelved(2_047, 1), shelved(2_048, 0.5)]).toEqual(['AQAA', '////', 'AACA']);
    expect([0, 2_047, 2_048, 2_000_000_000].map(shelfOf)).toEqual([0, 0, 1, 976_562]);
  });

  test('is left by the editions that are taken off it, and by no others', () => {
    const editions = [2_050, 2_051, 2_052].map((id) => shelved(id, 0.25)).join('');
    expect(without(editions, [2_051])).toBe(shelved(2_050, 0.25) + shelved(2_052, 0.25));
    expect(without(editions, [2_052, 2_050, 2_051])).toBe('');
    expect(without(editions, [2_053])).toBe(editions);
  });
});

describe('what editions say of what is asked', () => {
  test('is summed up over terms and shelves, those first that say most', () => {
    const sayings = new Sayings();
    const editions = [shelved(7, 0.5), shelved(8, 0.25), shelved(8, 0.5), shelved(6_150, 0.9)];
    sayings.add([10, 0, 8, 11, 0, 4, 12, 3, 4], editions.join(''), (term) => (term === 12 ? 0.5 : 1));
    expect(sayings.most(5)).toEqual([8, 7, 6_150]);
    expect(sayings.most(2)).toEqual([8, 7]);
  });

  test('is told of the newest where they say the same, out of however many', () => {
    const sayings = new Sayings();
    for (let id = 1; id <= 5_000; id++) sayings.add([10, shelfOf(id), 4], shelved(id, 0.5), () => 1);
    sayings.add([11, 0, 4], shelved(3, 0.1), () => 1);
    expect(sayings.most(3)).toEqual([3, 5_000, 4_999]);
  });

  test('is nothing where nobody says it', () => {
    expect(new Sayings().most(10)).toEqual([]);
  });
});
