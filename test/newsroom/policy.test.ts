import type { GraphQLInterfaceType } from 'graphql';
import { policy, type Least } from '../../src/accounts/policy.js';
import type { Viewer } from '../../src/kernel/viewer.js';
import { createSchema } from '../../src/schema.js';
import { callOf, inputFieldsOf, rootFields, type RootField } from '../support/calls.js';
import { fingerprintOf } from '../support/fingerprint.js';
import { openNewsroom } from '../support/newsroom.js';
import { openWalk, type Walk } from '../support/walk.js';

/** The policy once more, as the newsroom would say it: who may do what is changed in two places, or by mistake. */
const whoMay: Record<Least, string> = {
  EVERYONE: `Query.article Query.articles Query.consentCategories Query.feeds Query.front Query.fronts Query.newsletters Query.node Query.nodes
    Query.organisation Query.person Query.place Query.resolvePath Query.search Query.section Query.sections Query.storyline Query.storylines
    Mutation.signIn Subscription.articlePublished`,
  CONTRIBUTOR: `Query.newsroom Query.newsroomSearch Newsroom.article Newsroom.articles Newsroom.editing Newsroom.pictures
    Newsroom.suggestions Newsroom.viewer Newsroom.workflow Mutation.signOut Mutation.changePassword
    Mutation.createDraft Mutation.saveDraft Mutation.relateStories Mutation.setCredits Mutation.setMentions
    Mutation.restoreRevision Mutation.startEditing Mutation.stopEditing Mutation.createPreview Mutation.uploadPicture
    Mutation.createPictureUpload Mutation.savePicture Mutation.submitArticle`,
  EDITOR: `Newsroom.audit Newsroom.entityMerges Mutation.returnArticle Mutation.approveArticle Mutation.publishArticle
    Mutation.schedulePublication Mutation.unschedulePublication Mutation.correctArticle Mutation.withdrawArticle
    Mutation.savePerson Mutation.saveOrganisation Mutation.savePlace Query.newsroomFront Query.newsroomFronts
    Query.newsroomStoryline Query.newsroomStorylines Mutation.createFront Mutation.saveFront Mutation.restoreFront
    Mutation.publishFront Mutation.scheduleFront Mutation.unscheduleFront Mutation.withdrawFront Mutation.previewFront
    Mutation.createStoryline Mutation.saveStoryline Mutation.addToStoryline`,
  CHIEF: `Newsroom.partner Newsroom.partners Newsroom.products Mutation.importArticles Mutation.mergeEntities
    Mutation.undoMerge Mutation.deleteEntity Mutation.createPartner Mutation.savePartner Mutation.createProduct
    Mutation.saveProduct Mutation.grantProduct Mutation.withdrawProduct`,
  ADMIN: `Newsroom.accounts Newsroom.failedJobs Mutation.createAccount Mutation.changeAccount Mutation.retryJob
    Mutation.createPartnerKey Mutation.revokePartnerKey`,
  PARTNER: `Query.syndication Syndication.changes Syndication.partner Syndication.story Syndication.usage
    Subscription.syndicationChanges`,
  PARTNER_MANAGE: '',
  ADMIN_OR_PARTNER: `Mutation.createWebhook Mutation.changeWebhook Mutation.rotateWebhookSecret Mutation.pauseWebhook
    Mutation.resumeWebhook Mutation.replayWebhook Mutation.replayDeadLetter Mutation.deleteWebhook Mutation.testWebhook
    Mutation.saveSearch Mutation.deleteSavedSearch`,
};

const leastOf = new Map(
  Object.entries(whoMay).flatMap(([least, fields]) =>
    fields
      .split(/\s+/)
      .filter(Boolean)
      .map((field) => [field, least as Least]),
  ),
);
const ranks: Least[] = ['EVERYONE', 'CONTRIBUTOR', 'EDITOR', 'CHIEF', 'ADMIN'];
const scopes: Partial<Record<Least, string>> = { PARTNER: 'READ', PARTNER_MANAGE: 'MANAGE' };

function may(viewer: Viewer, least: Least): boolean {
  if (least === 'EVERYONE') return true;
  if (least === 'ADMIN_OR_PARTNER') return may(viewer, 'ADMIN') || may(viewer, 'PARTNER_MANAGE');
  const scope = scopes[least];
  if (scope !== undefined) return viewer.kind === 'partner' && viewer.scopes.includes(scope);
  return viewer.kind === 'account' && ranks.indexOf(viewer.role) >= ranks.indexOf(least);
}

/** What a viewer must be answered who may not ask for a field; nothing when he may. */
function refusalOf({ type, field }: RootField, viewer: Viewer): string | undefined {
  const name = `${type}.${field}`;
  const least = leastOf.get(name);
  if (least === undefined) throw new Error(`The test does not say who may ask for ${name}: add it to \`whoMay\`.`);
  if (may(viewer, least)) return undefined;
  return viewer.kind === 'reader' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
}

const schema = createSchema();
const refusing = new Set(
  schema.getImplementations(schema.getType('UserError') as GraphQLInterfaceType).objects.map(({ name }) => name),
);
const fields = rootFields(schema).map((field) => [`${field.type}.${field.field}`, field] as const);
const mutations = fields.filter(([, { type }]) => type === 'Mutation');

test('the policy says what this test says', () => {
  const lines = Object.entries(policy).flatMap(([type, rules]) =>
    Object.entries(rules).map(([field, least]) => [`${type}.${field}`, least] as const),
  );
  expect(Object.fromEntries(lines)).toEqual(Object.fromEntries(leastOf));
});

test('every line of the policy speaks of a field of the schema', () => {
  const there: string[] = fields.map(([name]) => name);
  expect([...leastOf.keys()].filter((name) => !there.includes(name))).toEqual([]);
});

describe('who may do what', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await openWalk(await openNewsroom());
  });
  afterAll(() => walk.newsroom.close());

  test.each(fields)(
    '%s answers each kind of client as the policy has it, and refusals change nothing',
    async (_, of) => {
      const { newsroom, clients } = walk;
      const answers = async (who: string, { document, variables }: ReturnType<typeof callOf>) => {
        const refusal = refusalOf(of, clients[who]!);
        const { errors } = await newsroom.askAs(clients[who]!, document, variables);
        const answer = { who, document, errors: errors.map(({ extensions, message }) => extensions?.code ?? message) };
        expect(answer).toEqual({ who, document, errors: refusal ? [refusal] : [] });
      };
      const call = async () => callOf(schema, of, await walk.values(of.field));
      const isRefused = (who: string) => refusalOf(of, clients[who]!) !== undefined;
      const refused = Object.keys(clients).filter(isRefused);
      if (refused.length > 0) {
        const doing = await call(); // what would do something for whoever may
        const before = await fingerprintOf(newsroom);
        for (const who of refused) await answers(who, doing);
        expect({ refused, ...(await fingerprintOf(newsroom)) }).toEqual({ refused, ...before });
      }
      for (const who of Object.keys(clients)) if (!isRefused(who)) await answers(who, await call());
    },
  );

  test.each(mutations)('%s would have done something: it does for who may', async (_, of) => {
    const { newsroom, clients } = walk;
    const { document, variables } = callOf(schema, of, await walk.values(of.field));
    const { data, errors } = await newsroom.askAs(clients.admin!, document, variables);
    const answer = (data as Record<string, { __typename: string }>)[of.field]!;
    expect({ document, variables, errors, refused: refusing.has(answer.__typename) && answer }).toEqual({
      document,
      variables,
      errors: [],
      refused: false,
    });
  });

  test('a change of any kind does show in the fingerprint', async () => {
    const { newsroom, clients } = walk;
    const before = await fingerprintOf(newsroom);
    const call = callOf(schema, { type: 'Mutation', field: 'startEditing' }, await walk.values('startEditing'));
    expect((await newsroom.askAs(clients.editor!, call.document, call.variables)).errors).toEqual([]);
    const after = await fingerprintOf(newsroom);
    const { editing, ...rest } = after;
    expect(rest).toEqual(Object.fromEntries(Object.entries(before).filter(([table]) => table !== 'editing')));
    expect(editing).not.toBe(before.editing);
  });
});

describe('whose stories are whose', () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await openWalk(await openNewsroom());
  });
  afterAll(() => walk.newsroom.close());

  const ofStories = mutations.filter(([, { field }]) => inputFieldsOf(schema, field).includes('articleId'));

  test.each(ofStories)('%s does not find a story that is not the client’s, and leaves it as it is', async (_, of) => {
    const { newsroom, clients } = walk;
    const calls = [];
    for (const who of ['contributor', 'elsewhere'] as const)
      calls.push({ who, ...callOf(schema, of, await walk.values(of.field, 'hidden')) });
    const before = await fingerprintOf(newsroom);
    for (const { who, document, variables } of calls) {
      const { data, errors } = await newsroom.askAs(clients[who]!, document, variables);
      const refusal = refusalOf(of, clients[who]!);
      if (refusal)
        expect({ who, codes: errors.map(({ extensions }) => extensions?.code) }).toEqual({ who, codes: [refusal] });
      else {
        const message = 'There is no such story.';
        expect({ who, errors, data }).toEqual({
          who,
          errors: [],
          data: { [of.field]: { __typename: 'Missing', message, path: ['articleId'] } },
        });
      }
    }
    expect(await fingerprintOf(newsroom)).toEqual(before);
  });

  test('there are mutations of stories to try', () => {
    expect(ofStories.length).toBeGreaterThan(12);
  });

  test('no edge of the newsroom leads to it, and none hides it from its own', async () => {
    const ways = new Set<string>();
    for (const who of ['contributor', 'elsewhere', 'editor'] as const) {
      for (const { document, edges } of walk.documents()) {
        const { data, errors } = await walk.newsroom.askAs(walk.clients[who]!, document);
        const others = errors.filter(({ extensions }) => extensions?.code !== 'FORBIDDEN');
        expect({ who, document, others }).toEqual({ who, document, others: [] });
        if (!JSON.stringify(data).includes(walk.secret)) continue;
        if (who !== 'editor') throw new Error(`Shown to ${who} by ${document}\n${JSON.stringify(data)}`);
        ways.add(edges[1]!);
      }
    }
    expect([...ways]).toEqual(
      expect.arrayContaining(['Newsroom.article', 'Newsroom.articles', 'Newsroom.audit', 'Newsroom.editing']),
    );
  }, 120_000);
});
