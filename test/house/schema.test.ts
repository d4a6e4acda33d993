import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, getNamedType, isObjectType, isInterfaceType, parse, validate, type GraphQLSchema } from 'graphql';
import { schemaChanges } from '../../src/command-line/schema.js';
import { createSchema, schemaText } from '../../src/schema.js';
import { hasShared, shared } from '../support/contract.js';

const committed = readFileSync(join(__dirname, '../../schema.graphql'), 'utf8');

describe('the schema', () => {
  const schema: GraphQLSchema = createSchema();

  test('is the one that is committed: `npm run schema` writes it', () => {
    expect(schemaText(schema)).toBe(committed);
  });

  test('tells which changes break clients', () => {
    const poorer = committed.replace(/^ {2}"""[^"]*"""\n {2}standfirst: String!\n/m, '');
    expect(schemaChanges(committed)).toEqual({ breaking: [], dangerous: [], same: true });
    expect(schemaChanges(poorer)).toMatchObject({ breaking: [], same: false });
    const richer = committed.replace(
      'type Article implements Node & Story {',
      'type Article implements Node & Story {\n  gone: Int',
    );
    expect(schemaChanges(richer).breaking).toEqual(['Article.gone was removed.']);
  });

  test('describes every root field, in words that end', () => {
    const root = Object.values(schema.getQueryType()!.getFields());
    expect(root.length).toBeGreaterThan(8);
    expect(root.filter((field) => !field.description?.endsWith('.')).map((field) => field.name)).toEqual([]);
  });

  test('gives every type that has an id the Node interface', () => {
    const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
    const withId = types.filter((type) => type.getFields().id && type.name !== 'Node' && !sharedId.has(type.name));
    expect(withId.length).toBeGreaterThan(5);
    for (const type of withId) expect(type.getInterfaces().map(({ name }) => name)).toContain('Node');
  });

  test('gives every list that is read from the database a length', () => {
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const field of Object.values(type.getFields())) {
        const isRead = /Connection$/.test(getNamedType(field.type).name) || readLists.has(`${type.name}.${field.name}`);
        if (isRead) {
          expect(`${type.name}.${field.name}(${field.args.map((arg) => arg.name).join()})`).toMatch(/first/);
        }
      }
    }
  });
});

/** What has the id of something else, under which `node` finds that. */
const sharedId = new Set(['SyndicatedStory']);

const readLists = new Set(
  [
    'Article.mentions Article.people Article.organisations Article.places Article.credits Article.corrections',
    'Person.roles Person.aliases Place.aliases Organisation.aliases Person.mentionedWith Section.children Query.sections',
    'Front.blocks FrontBlock.stories NewsroomFront.scheduled FrontRevision.blocks FrontRevisionBlock.pins FrontRevisionBlock.stories',
    'Article.storylines Storyline.entries Storyline.mainEntities NewsroomStoryline.entries',
  ].flatMap((names) => names.split(' ')),
);

const later = ['search', 'subscribe-to-newsletter', 'article-published'];

(hasShared ? describe : describe.skip)('the documents of the web front end', () => {
  const schema = buildSchema(committed);
  test.each(['article-page', 'latest', 'person-page', 'resolve-path', 'section-front'])('%s is valid', (name) => {
    expect(later).not.toContain(name);
    expect(validate(schema, parse(shared(`contract/web/${name}.graphql`)))).toEqual([]);
  });
});
