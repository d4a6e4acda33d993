import { getNamedType, isInputObjectType } from 'graphql';
import { createSchema } from '../../src/schema.js';

/** What only the newsroom itself sets, and the inputs in which a client may all the same. */
const itsOwn: Record<string, readonly string[]> = {
  version: [],
  currentVersion: [],
  workflowState: [],
  state: [],
  seq: [],
  number: [],
  createdBy: [],
  createdAt: [],
  savedBy: [],
  savedAt: [],
  changedAt: [],
  updatedAt: [],
  publishedAt: ['ImportArticleInput'],
  firstPublishedAt: [],
  visibleFrom: [],
  visibleUntil: [],
  partnersFrom: [],
  partnersUntil: [],
  recalledAt: [],
  issuedAt: [],
  uploadedBy: [],
  uploadedAt: [],
  since: [],
  expiresAt: ['CreatePartnerKeyInput'],
  wordCount: [],
  contentHash: [],
  salience: [],
  surface: [],
  externalId: ['ImportArticleInput'],
  source: ['ImportArticlesInput'],
  path: [],
  file: ['UploadPictureInput'],
  storageKey: [],
  passwordHash: [],
  issuer: [],
  subject: ['AuditFilter'],
  viewer: [],
  accountId: ['ChangeAccountInput'],
  role: ['CreateAccountInput', 'ChangeAccountInput', 'CreditInput'],
  active: ['ChangeAccountInput', 'SavePartnerInput'],
  sections: ['CreateAccountInput', 'ChangeAccountInput', 'ArticleFilter', 'ProductFilterInput'],
};

const schema = createSchema();
const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);

describe('the inputs of the schema', () => {
  test('set nothing that is not the client’s to set', () => {
    const wrong = inputs.flatMap((input) =>
      Object.keys(input.getFields())
        .filter((field) => itsOwn[field] && !itsOwn[field].includes(input.name))
        .map((field) => `${input.name}.${field}`),
    );
    expect(wrong).toEqual([]);
    expect(inputs.length).toBeGreaterThan(12);
  });

  test('change what has a version only at the version the client saw', () => {
    for (const { name, args } of Object.values(schema.getMutationType()!.getFields())) {
      const input = getNamedType(args[0]?.type);
      const fields = isInputObjectType(input) ? input.getFields() : {};
      const changes = 'articleId' in fields && !unversioned.has(name);
      if (changes) expect([name, String(fields.expectedVersion?.type)]).toEqual([name, 'Int!']);
    }
  });

  test('are one to a mutation, called input, with an idempotency key that may be left out', () => {
    for (const { name, args } of Object.values(schema.getMutationType()!.getFields())) {
      if (ofSessions.has(name)) continue;
      const input = getNamedType(args[0]?.type);
      const key = isInputObjectType(input) ? String(input.getFields().idempotencyKey?.type) : '';
      expect([name, args.map((arg) => arg.name), key]).toEqual([name, ['input'], 'String']);
    }
  });
});

/** Mutations about a story that leave it as it is. */
const unversioned = new Set(['startEditing', 'stopEditing', 'createPreview']);

/** Mutations whose answers must not be kept. */
const ofSessions = new Set(['signIn', 'signOut']);
