import { parse, print, separateOperations } from 'graphql';
import { globalId } from '../../src/kernel/global-id.js';
import { hasShared, shared } from '../support/contract.js';
import { deskOf } from '../support/desk.js';
import { openNewsroom, type TestNewsroom } from '../support/newsroom.js';
import { peopleOf, type People } from '../support/people.js';

(hasShared ? describe : describe.skip)('the document of the desk about people, organisations and places', () => {
  let newsroom: TestNewsroom;
  let people: People;
  beforeAll(async () => {
    newsroom = await openNewsroom();
    people = await peopleOf(newsroom);
    await deskOf(newsroom).section('world');
  });
  afterAll(() => newsroom.close());

  const does = async (operation: 'SavePerson' | 'MergeEntities', input: object) => {
    const document = print(separateOperations(parse(shared('contract/editor/entities.graphql')))[operation]!);
    const { data, errors } = await newsroom.askAs(people.chief, document, { input });
    expect(errors).toEqual([]);
    return Object.values(data as object)[0];
  };

  test('saves a person with a post of two days', async () => {
    const roles = [{ title: 'Foreign minister', interim: true, startedOn: '2024-05-20', endedOn: '2024-08-21' }];
    const input = { name: 'Ali Bagheri', aliases: ['علی باقری'], roles };
    expect(await does('SavePerson', input)).toEqual({
      __typename: 'PersonSaved',
      person: {
        id: expect.any(String),
        slug: 'ali-bagheri',
        version: 1,
        name: 'Ali Bagheri',
        aliases: ['علی باقری'],
        roles,
      },
    });
    const id = globalId('Person', 99_999);
    expect(await does('SavePerson', { id, expectedVersion: 1 })).toEqual({
      __typename: 'Missing',
      message: 'There is no such person.',
      path: ['id'],
    });
  });

  test('merges two, and counts the stories that name the one that stands', async () => {
    const desk = deskOf(newsroom);
    const from = globalId('Place', await desk.entity('Place', 'Bayrut'));
    const into = globalId('Place', await desk.entity('Place', 'Beirut'));
    await desk.publish({ slug: 'one', paragraphs: ['Bayrut was quiet.'] });
    await desk.publish({ slug: 'two', paragraphs: ['Beirut was quiet. Bayrut was quiet.'] });
    const input = { from, fromVersion: 1, into, intoVersion: 1 };
    expect(await does('MergeEntities', input)).toEqual({
      __typename: 'EntitiesMerged',
      entity: { id: into, slug: 'beirut', aliases: ['Bayrut'] },
      articleCount: 2,
    });
    expect(await does('MergeEntities', input)).toMatchObject({ __typename: 'InvalidInput', path: ['from'] });
  });
});
