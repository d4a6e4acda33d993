import { findPlaces } from '../../src/articles/name-places.rules.js';
import { buildNameIndex, type KnownName } from '../../src/articles/naming.rules.js';
import { uninflected } from '../../src/entities/inflection.rules.js';

const known: KnownName[] = [
  { entityId: 1, name: 'Владимир Путин', kind: 'Person' },
  { entityId: 2, name: 'Володимир Зеленський', kind: 'Person' },
  { entityId: 3, name: 'Россия', kind: 'Place' },
  { entityId: 4, name: 'Angela Merkel', kind: 'Person' },
  { entityId: 5, name: 'Donald Tusk', kind: 'Person' },
  { entityId: 6, name: 'Warszawa', kind: 'Place' },
  { entityId: 7, name: 'Petr Fiala', kind: 'Person' },
  { entityId: 8, name: 'Suomi', kind: 'Place' },
  { entityId: 9, name: 'Orbán Viktor', kind: 'Person' },
  { entityId: 10, name: 'Ankara', kind: 'Place' },
];

const found = (text: string, language: string): string[] =>
  findPlaces(buildNameIndex(known), [{ key: 'b1', text }], { language }).map(
    ({ surface, candidates }) => `${surface} ${candidates.map(({ entityId, by }) => `${entityId} ${by}`).join()}`,
  );

describe('a known name with an ending', () => {
  test.each<[string, string, string[]]>([
    ['ru', 'Встреча с Владимиром Путиным прошла в России.', ['Владимиром Путиным 1 INFLECTED', 'России 3 INFLECTED']],
    ['ru', 'Владимир Путин прибыл. Речь Путина', ['Владимир Путин 1 NAME', 'Путина 1 INFLECTED']],
    ['uk', 'Заява Зеленського', ['Зеленського 2 INFLECTED']],
    ['de', 'die Rede Angela Merkels und Merkels Partei', ['Angela Merkels 4 INFLECTED', 'Merkels 4 INFLECTED']],
    ['pl', 'rozmowa z Donaldem Tuskiem w Warszawie', ['Donaldem Tuskiem 5 INFLECTED', 'Warszawie 6 INFLECTED']],
    ['cs-CZ', 'vláda Petra Fialy', ['Petra Fialy 7 INFLECTED']],
    ['fi', 'Presidentti Suomessa', ['Suomessa 8 INFLECTED']],
    ['hu', 'Találkozott Orbán Viktorral, Orbán Viktornak', ['Orbán Viktornak 9 INFLECTED']],
    ['tr', "Bugün Ankara'da", ['Ankara 10 NAME']],
    ['en', 'Merkels and Warszawie', []],
  ])('in %s is found in "%s"', (language, text, names) => expect(found(text, language)).toEqual(names));

  test('keeps three letters, and its capital', () => {
    expect(uninflected('Ulms', 'de')).toEqual(['Ulm']);
    expect([uninflected('Ils', 'de'), uninflected('merkels', 'de'), uninflected('Merkels', 'xx')]).toEqual([
      [],
      [],
      [],
    ]);
  });
});
