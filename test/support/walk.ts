import { workflow } from '../../src/articles/workflow.rules.js';
import { hashed } from '../../src/accounts/password.rules.js';
import { globalId, idIn } from '../../src/kernel/global-id.js';
import { OutboxRow } from '../../src/kernel/ledger.rows.js';
import { never } from '../../src/kernel/ledger.js';
import { sql } from '../../src/kernel/sql.js';
import { mergeEntities } from '../../src/newsroom/entities/merge.commands.js';
import { createFront, saveFront } from '../../src/fronts/front.commands.js';
import { publishFront, scheduleFront } from '../../src/fronts/publish.commands.js';
import { createStoryline } from '../../src/storylines/storyline.commands.js';
import { reader, type Viewer } from '../../src/kernel/viewer.js';
import { PictureRow } from '../../src/media/picture.rows.js';
import { ReceivedFile } from '../../src/media/upload.scalar.js';
import type { KeyScope } from '../../src/syndication/partners/partner.words.js';
import type { CallValues } from './calls.js';
import { deskOf } from './desk.js';
import { documentsOf, type GeneratedDocument } from './documents.js';
import type { TestNewsroom } from './newsroom.js';
import { syndicationOf } from './partners.js';
import { peopleOf, personOf } from './people.js';
import { webhookValues } from './webhooks.js';

/** A newsroom with one of everything, every kind of client, and a story that only some of them may see. */
export interface Walk {
  newsroom: TestNewsroom;
  clients: Record<string, Viewer>;
  /**
   * What to put into a call of a field, so that it does something for whoever may: about a story in a state that allows it,
   * the contributor's, or the hidden one, which is neither his nor of the other section.
   */
  values(field: string, which?: 'open' | 'hidden'): Promise<CallValues>;
  /** Every way down from `newsroom`. */
  documents(): GeneratedDocument[];
  /** Stands in everything that is said by and about the hidden story. */
  secret: string;
}

const secret = 'UNSEEN';
const password = 'correct horse battery staple';

export async function openWalk(newsroom: TestNewsroom): Promise<Walk> {
  const desk = deskOf(newsroom);
  await desk.section('mena');
  const elsewhereId = await desk.section('sport');
  const [person, other, place] = [
    await desk.entity('Person', 'Ali Bagheri'),
    await desk.entity('Person', 'Ebrahim Raisi'),
    await desk.entity('Place', 'Beirut'),
  ];
  const staff = await peopleOf(newsroom);
  const elsewhere = await personOf(newsroom, { name: 'Elsa Elsewhere', role: 'EDITOR', sectionIds: [elsewhereId] });
  const bystander = await personOf(newsroom, { name: 'Bea Bystander', role: 'CONTRIBUTOR' });
  const syndication = syndicationOf(() => newsroom.contextAs(staff.admin));
  const { id: partnerId } = await syndication.partner('The Lake Post');
  const { id: productId } = await syndication.product('Everything');
  const keyWith = (...scopes: KeyScope[]): Viewer => ({
    kind: 'partner',
    partnerId,
    keyId: 1,
    name: 'The Lake Post',
    scopes,
  });
  const keys = { reads: keyWith('READ'), manages: keyWith('MANAGE'), does: keyWith('READ', 'MANAGE') };
  const clients: Record<string, Viewer> = { reader, ...staff, elsewhere, ...keys };

  const story = async (viewer: Viewer, title: string): Promise<string> => {
    const input = {
      title,
      section: 'mena',
      standfirst: title,
      note: title,
      body: { markdown: `${title} and Ali Bagheri.` },
    };
    const { data, errors } = await newsroom.askAs(
      viewer,
      `mutation ($input: CreateDraftInput!) { createDraft(input: $input) { ... on DraftSaved { article { id } } } }`,
      { input },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return (data as { createDraft: { article: { id: string } } }).createDraft.article.id;
  };
  const open = await story(staff.contributor, 'A story of the contributor');
  const beside = await story(staff.contributor, 'Another story');
  const hidden = await story(staff.editor, `${secret} headline`);
  for (const articleId of [open, hidden]) {
    await newsroom.askAs(
      staff.editor,
      `mutation ($articleId: ID!) { startEditing(input: { articleId: $articleId, minutes: 60 }) { __typename } }`,
      { articleId },
    );
  }
  const jobId = await newsroom.database.transaction(async (tx) => {
    const job = {
      topic: 'change',
      payload: {},
      createdAt: 0,
      availableAt: never,
      attempts: 8,
      lastError: 'It failed.',
    };
    return ((await tx.manager.insert(OutboxRow, job)).identifiers[0] as { id: number }).id;
  });
  await newsroom.database.transaction(async (tx) =>
    tx.run(sql`update account set passwordHash = ${await hashed(password)}`),
  );
  const pictureId = await newsroom.database.transaction(async (tx) => {
    const words = { alt: 'A quay', caption: '', credit: '', focalX: 0.5, focalY: 0.5 };
    const row = { ...words, file: null, width: null, height: null, licence: null, usageTerms: null, externalId: null };
    const own = { createdAt: 0, version: 1, uploadedBy: staff.contributor.accountId };
    return ((await tx.manager.insert(PictureRow, { ...row, ...own })).identifiers[0] as { id: number }).id;
  });
  const versionOfPicture = async (): Promise<number> => {
    const statement = sql`select version from picture where id = ${pictureId}`;
    return (await newsroom.database.read<{ version: number }>(statement, 'primary'))[0]!.version;
  };
  const versionOfAccount = async (id: number): Promise<number> => {
    const rows = await newsroom.database.read<{ version: number }>(
      sql`select version from account where id = ${id}`,
      'primary',
    );
    return rows[0]!.version;
  };
  const versionOf = async (id: string): Promise<number> => {
    const rows = await newsroom.database.read<{ id: number; version: number }>(
      sql`select id, version from article`,
      'primary',
    );
    return rows.find((row) => globalId('Article', row.id) === id)!.version;
  };
  let calls = 0;

  /** The partner and the product as they are, and a key where one is to be revoked. */
  const ofPartners = async (field: string): Promise<CallValues> => {
    const versions = await newsroom.database.read<{ partner: number; product: number }>(
      sql`select p.version as partner, d.version as product from partner p, product d
          where p.id = ${partnerId} and d.id = ${productId}`,
      'primary',
    );
    const another = async () => (await syndication.partner(`Partner ${calls}`)).id;
    return {
      partnerId: globalId('Partner', field === 'createPartnerKey' ? await another() : partnerId),
      productId: globalId('Product', productId),
      'partner.id': globalId('Partner', partnerId),
      'SavePartnerInput.id': globalId('Partner', partnerId),
      'SavePartnerInput.expectedVersion': versions[0]!.partner,
      'SaveProductInput.id': globalId('Product', productId),
      'SaveProductInput.expectedVersion': versions[0]!.product,
      'CreatePartnerInput.name': `Post ${calls}`,
      'CreateProductInput.name': `Wire ${calls}`,
      ...(field === 'revokePartnerKey' && {
        'RevokePartnerKeyInput.id': globalId('PartnerKey', (await syndication.key({ id: await another() })).key.id),
      }),
    };
  };

  /** Two new people for what makes them one, parts them or takes one away. */
  const ofEntities = async (field: string): Promise<CallValues> => {
    const named = {
      'SavePersonInput.name': 'Somebody',
      'SaveOrganisationInput.name': 'Something',
      'SavePlaceInput.name': 'Somewhere',
    };
    if (!['mergeEntities', 'undoMerge', 'deleteEntity'].includes(field)) return named;
    const [fromId, intoId] = [
      await desk.entity('Person', `Twin ${calls}`),
      await desk.entity('Person', `Other ${calls}`),
    ];
    const input = { kind: 'Person' as const, fromId, fromVersion: 1, intoId, intoVersion: 1 };
    const done = field === 'undoMerge' ? await mergeEntities(newsroom.contextAs(staff.chief), input) : undefined;
    return {
      ...(done && 'merge' in done && { merge: globalId('EntityMerge', done.merge.id) }),
      'MergeEntitiesInput.from': globalId('Person', fromId),
      'MergeEntitiesInput.into': globalId('Person', intoId),
      'DeleteEntityInput.id': globalId('Person', fromId),
      'DeleteEntityInput.expectedVersion': 1,
    };
  };

  /** A front that readers see, with a change that is scheduled, and a storyline, both with the hidden story in them. */
  const arrangedFor = async (field: string): Promise<CallValues> => {
    const named = { 'CreateFrontInput.title': `Front ${calls}`, 'CreateStorylineInput.title': `Storyline ${calls}` };
    if (!/Fronts?$|Storylines?$/.test(field) || field.startsWith('create')) return named;
    const ctx = () => newsroom.contextAs(staff.chief);
    const entry = { articleId: idIn('id', hidden, 'Article'), title: secret };
    const blocks = [{ title: 'Top', size: 5, pins: [{ ...entry, kicker: secret }], filter: {} }];
    const front = await createFront(ctx(), { title: `Page ${calls}`, blocks });
    const storyline = await createStoryline(ctx(), { title: `Event ${calls}`, status: 'OPEN', entries: [entry] });
    if (!('front' in front) || !('storyline' in storyline)) throw new Error(JSON.stringify([front, storyline]));
    const { id: frontId } = front.front;
    const at = Date.now() + 3_600_000;
    await publishFront(ctx(), { frontId, expectedVersion: 1 });
    await saveFront(ctx(), { frontId, expectedVersion: 2, title: `Page ${calls} again` });
    await scheduleFront(ctx(), { frontId, expectedVersion: 3, at });
    const targets = ['Save', 'Restore', 'Publish', 'Schedule', 'Unschedule', 'Preview'].map(
      (what) => `${what}FrontInput`,
    );
    const all = [...targets, 'FrontMutationInput'].flatMap((input) => [
      [`${input}.id`, globalId('Front', frontId)],
      [`${input}.expectedVersion`, 4],
    ]);
    const id = globalId('Storyline', storyline.storyline.id);
    return {
      ...named,
      ...(Object.fromEntries(all) as CallValues),
      'UnscheduleFrontInput.at': new Date(at).toISOString(),
      'newsroomFront.id': globalId('Front', frontId),
      'newsroomStoryline.id': id,
      'SaveStorylineInput.id': id,
      'SaveStorylineInput.expectedVersion': 1,
      'SaveStorylineInput.status': 'CLOSED',
      'AddToStorylineInput.id': id,
      'AddToStorylineInput.expectedVersion': 1,
      'StorylineEntryInput.article': beside,
    };
  };

  const values = async (field: string, which: 'open' | 'hidden' = 'open'): Promise<CallValues> => {
    const articleId = which === 'hidden' ? hidden : open;
    calls += 1;
    const states = Object.values(workflow).find(({ mutation }) => mutation === field)?.from ?? [];
    await newsroom.database.transaction(async (tx) => {
      await tx.run(
        sql`update article set workflowState = ${states.at(-1) ?? 'DRAFT'} where id = ${idIn('id', articleId, 'Article')}`,
      );
      await tx.run(sql`update outbox set availableAt = ${never} where id = ${jobId}`);
    });
    return {
      ...(await webhookValues(newsroom, partnerId, field)),
      ...(await ofEntities(field)),
      ...(await arrangedFor(field)),
      ...(await ofPartners(field)),
      articleId,
      article: beside,
      expectedVersion: await versionOf(articleId),
      'article.id': articleId,
      'story.id': articleId,
      'article.slug': 'beirut',
      id: globalId('Person', person),
      ids: [globalId('Person', person)],
      'RetryJobInput.id': globalId('Job', jobId),
      'SavePictureInput.id': globalId('Picture', pictureId),
      'SavePictureInput.expectedVersion': await versionOfPicture(),
      'UploadPictureInput.file': new ReceivedFile({ file: '0'.repeat(32), width: 640, height: 400 }),
      entity: globalId('Person', person),
      from: globalId('Person', other),
      into: globalId('Person', person),
      place: globalId('Place', place),
      account: globalId('Account', bystander.accountId),
      accountId: globalId('Account', bystander.accountId),
      section: 'mena',
      sections: ['mena'],
      slug: 'mena',
      path: '/mena',
      email: `somebody-${calls}@news.example`,
      'SignInInput.email': 'bea.bystander@news.example',
      'ChangeAccountInput.id': globalId('Account', bystander.accountId),
      'ChangeAccountInput.expectedVersion': await versionOfAccount(bystander.accountId),
      password,
      current: password,
      'ImportArticleInput.externalId': `there-${calls}`,
      'ImportArticleInput.title': 'Brought in',
      'ImportArticleInput.body': { text: 'What it says.' },
      blockKey: 'title',
      start: 0,
      end: 1,
      note: 'Why it is done',
      'MoveArticleInput.note': 'Why it is done',
      revision: 1,
      number: 1,
      DateTime: new Date(Date.now() + 86_400_000).toISOString(),
    };
  };

  const documents = (): GeneratedDocument[] => {
    const ways = documentsOf(newsroom.schema, 4, {
      id: [hidden],
      articleId: [hidden],
      first: [30],
      number: [1],
      from: [1],
      to: [1],
      width: [640],
    });
    const roots = ['Query.newsroom', 'Query.newsroomFronts', 'Query.newsroomStorylines'];
    return ways.filter(({ edges }) => roots.includes(edges[0]!));
  };

  await arrangedFor('newsroomFronts');
  return { newsroom, clients, values, documents, secret };
}
