import { globalId } from '../../src/kernel/global-id.js';
import { createContext } from '../../src/kernel/context.js';
import { Freshness, freshForMs } from '../../src/kernel/freshness.js';
import { saveEntity } from '../../src/entities/entity.commands.js';
import type { EntityView } from '../../src/entities/entity.queries.js';
import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { saveEntityAtDesk } from '../../src/newsroom/entities/save.commands.js';
import { undoMerge } from '../../src/newsroom/entities/undo-merge.commands.js';
import { namedIn } from '../../src/newsroom/suggestions/named.queries.js';
import { schedule } from '../../src/schedule.js';
import { operator } from '../../src/kernel/viewer.js';
import { evaluateStory } from '../../src/newsroom/suggestions/evaluation/evaluation.queries.js';
import { nothingEvaluated } from '../../src/newsroom/suggestions/evaluation/evaluation.rules.js';
import { goldIn } from '../../src/newsroom/suggestions/evaluation/gold.rules.js';
import { deskOf } from '../support/desk.js';
import { addresses, openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

const document = `query ($articleId: ID!) { newsroom { suggestions(articleId: $articleId) {
  mentions { entity { slug } surface blockKey start end confidence }
  unknownNames { surface blockKey start end guess confidence elsewhere { surface blockKey start end } } } } }`;

interface Place {
  surface: string;
  blockKey: string;
  start: number;
  end: number;
}

/** A story of ours: one body is known, two pilots have one name, and the rest is news to the newsroom. */
const paragraphs = [
  'The Tidewater Pilotage Board chose the pilot Marta Olsen on Friday, near Brackhaven.',
  'Olsen, who learned to fly, will answer to the TPB. “We asked Marta first,” the TPB’s chair, Ruth Amsel, said.',
  'Amsel’s rival at the Gullwing Ferry Company (GFC) was angry. The GFC never answered, and Ruth Amsel left for Brackhaven.',
];

describe('who is named', () => {
  let newsroom: TestNewsroom;
  let people: People;
  let desk: ReturnType<typeof deskOf>;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    desk = deskOf(newsroom);
    await desk.entity('Organisation', 'Tidewater Pilotage Board');
    await desk.entity('Person', 'Marta Olsen', {
      slug: 'marta-olsen-pilot',
      description: 'A pilot who learned to fly.',
    });
    await desk.entity('Person', 'Marta Olsen', {
      slug: 'marta-olsen-cellist',
      description: 'A cellist of an orchestra.',
    });
  });
  afterAll(() => newsroom.close());

  const suggested = async (slug: string, texts: readonly string[]) => {
    const { articleId } = await desk.draft({ slug, title: 'What happened', paragraphs: texts, mentions: [] });
    const { data, errors } = await newsroom.askAs(people.editor, document, {
      articleId: globalId('Article', articleId),
    });
    expect(errors).toEqual([]);
    return data.newsroom.suggestions;
  };
  const textAt = ({ blockKey, start, end }: Place) => paragraphs[Number(blockKey.slice(1)) - 1]!.slice(start, end);

  test('everybody who was saved, merged or given back, at once, by a process that holds the forms of all names', async () => {
    const freshness = new Freshness(newsroom.database, schedule);
    const known = async (text: string): Promise<string[]> => {
      await new Promise((resolve) => setTimeout(resolve, 2 * freshForMs)); // another process has the change by then
      const ctx = createContext(newsroom.database, addresses, { viewer: operator, freshness });
      const { mentions, known: byId } = await namedIn(ctx, [{ key: 'b1', text }], 'en');
      return mentions.map(({ entityId }) => byId.get(entityId)!.name);
    };
    const asked = jest.spyOn(newsroom.database, 'read');
    const formsAsked = () =>
      asked.mock.calls.flatMap(([{ values }]) => values.filter((value) => /^\[/.test(String(value))));
    const text = 'Quilla Vance met Ruben Ostrander of Lower Sedgewick on the quay.';
    for (let i = 0; i < 100 && !formsAsked().includes('[]'); i++) {
      expect(await known(text)).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(formsAsked().at(-1)).toBe('[]'); // none of its words is a form of any name
    asked.mockRestore();
    const save = async (input: object) => {
      const answer = (await saveEntityAtDesk(newsroom.contextAs(operator), 'Person', input)) as { person: EntityView };
      return answer.person;
    };
    const quilla = await save({ name: 'Quilla Vance' });
    expect(await known(text)).toEqual(['Quilla Vance']);
    const ruben = await save({ name: 'Rubin Ostrander' });
    expect(await known(text)).toEqual(['Quilla Vance']);
    await save({ id: ruben.id, expectedVersion: ruben.version, aliases: ['Ruben Ostrander'] });
    expect(await known(text)).toEqual(['Quilla Vance', 'Rubin Ostrander']);
    const merged = await mergeEntities(newsroom.contextAs(operator), {
      ...{ kind: 'Person', fromId: ruben.id, fromVersion: ruben.version + 1 },
      ...{ intoId: quilla.id, intoVersion: quilla.version },
    });
    if (!('merge' in merged)) throw new Error(JSON.stringify(merged));
    expect(await known(text)).toEqual(['Quilla Vance', 'Quilla Vance']);
    await undoMerge(newsroom.contextAs(operator), { mergeId: merged.merge.id });
    expect(await known(text)).toEqual(['Quilla Vance', 'Rubin Ostrander']);
    await saveEntity(newsroom.context(), {
      kind: 'Place',
      ...{ slug: 'lower-sedgewick', name: 'Lower Sedgewick', description: '', aliases: [] },
    });
    expect(await known(text)).toEqual(['Quilla Vance', 'Rubin Ostrander', 'Lower Sedgewick']);
  });

  test('namesakes, partial forms, initials, and names that are not known yet', async () => {
    const { mentions, unknownNames } = await suggested('a-pilot', paragraphs);
    expect(
      mentions.map((mention: Place & { entity: { slug: string } }) => {
        expect(textAt(mention)).toBe(mention.surface);
        return `${mention.blockKey} ${mention.surface} = ${mention.entity.slug}`;
      }),
    ).toEqual([
      'b1 Tidewater Pilotage Board = tidewater-pilotage-board',
      'b1 Marta Olsen = marta-olsen-pilot',
      'b2 Olsen = marta-olsen-pilot',
      'b2 TPB = tidewater-pilotage-board',
      'b2 Marta = marta-olsen-pilot',
      'b2 TPB = tidewater-pilotage-board',
    ]);
    expect(
      unknownNames.map(
        ({ elsewhere, confidence, ...name }: Place & { guess: string; confidence: number; elsewhere: Place[] }) => {
          for (const place of [name, ...elsewhere]) expect(textAt(place)).toBe(place.surface);
          expect(confidence).toBeGreaterThan(0.5);
          expect(confidence).toBeLessThan(1);
          return [
            name.surface,
            name.blockKey,
            name.guess,
            ...elsewhere.map(({ surface, blockKey }) => `${blockKey} ${surface}`),
          ];
        },
      ),
    ).toEqual([
      ['Brackhaven', 'b1', 'PLACE', 'b3 Brackhaven'],
      ['Ruth Amsel', 'b2', 'PERSON', 'b3 Amsel', 'b3 Ruth Amsel'],
      ['Gullwing Ferry Company', 'b3', 'ORGANISATION', 'b3 GFC', 'b3 GFC'],
    ]);
  });

  test('is scored by what the desk is told, links included', async () => {
    const body = paragraphs.join('\n\n');
    const mark = (text: string, type: string, kb?: string, after = 0) => {
      const start = body.indexOf(text, after);
      return { start, end: start + text.length, text, type, ...(kb && { kb }) };
    };
    const story = goldIn(
      {
        id: 'a-pilot',
        body,
        entities: [
          mark('The Tidewater Pilotage Board', 'org', 'Tidewater_Pilotage_Board'),
          mark('TPB', 'org', 'Tidewater_Pilotage_Board'),
          mark('Marta Olsen', 'per'),
          mark('Brackhaven', 'loc'),
          mark('Ruth Amsel', 'per'),
          mark('Friday', 'date'),
          mark('rival', 'per'),
        ],
      },
      1,
    );
    const ctx = createContext(newsroom.database, newsroom.context().addresses, { viewer: operator });
    const { sum } = await evaluateStory(ctx, { sum: nothingEvaluated(), story });
    expect(sum.names.exact).toEqual({ asked: 5, found: 14, right: 5, met: 5 });
    expect(sum.marked.exact).toEqual({ asked: 5, found: 19, right: 5, met: 5 });
    expect(sum.spoken.exact).toEqual({ asked: 5, found: 19, right: 5, met: 5 });
    expect(sum.links).toEqual({ asked: 2, found: 2, right: 2, met: 2 });
    expect(sum.kinds.PERSON).toMatchObject({ asked: 2, right: 2 });
    expect(sum.said.filter(({ right }) => right)).toHaveLength(5);
  });
});
