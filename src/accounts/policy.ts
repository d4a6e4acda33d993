import { codedError } from '../kernel/errors.js';
import type { Context } from '../kernel/context.js';
import { accountRoles, type AccountRole, type AccountViewer } from '../kernel/viewer.js';

/**
 * Who may ask for a field: accounts with this role or a higher one, everybody, or a partner's key that may read
 * (`PARTNER`) or look after webhooks and saved searches (`PARTNER_MANAGE`), or either such a key or an admin.
 */
export type Least = AccountRole | 'EVERYONE' | KeyLeast | 'ADMIN_OR_PARTNER';
export type KeyLeast = keyof typeof scopeFor;

/** What a key must be good for. */
const scopeFor = { PARTNER: 'READ', PARTNER_MANAGE: 'MANAGE' } as const;

/**
 * Who may do what. A field of these five types that is not here cannot be asked for at all. Besides, an account with
 * sections works only on stories in them, and a contributor only on his own.
 */
export const policy = {
  Query: {
    article: 'EVERYONE',
    articles: 'EVERYONE',
    consentCategories: 'EVERYONE',
    feeds: 'EVERYONE',
    front: 'EVERYONE',
    fronts: 'EVERYONE',
    newsletters: 'EVERYONE',
    newsroom: 'CONTRIBUTOR',
    newsroomFront: 'EDITOR',
    newsroomFronts: 'EDITOR',
    newsroomSearch: 'CONTRIBUTOR',
    newsroomStoryline: 'EDITOR',
    newsroomStorylines: 'EDITOR',
    node: 'EVERYONE',
    nodes: 'EVERYONE',
    organisation: 'EVERYONE',
    person: 'EVERYONE',
    place: 'EVERYONE',
    resolvePath: 'EVERYONE',
    search: 'EVERYONE',
    section: 'EVERYONE',
    sections: 'EVERYONE',
    storyline: 'EVERYONE',
    storylines: 'EVERYONE',
    syndication: 'PARTNER',
  },
  Newsroom: {
    accounts: 'ADMIN',
    article: 'CONTRIBUTOR',
    articles: 'CONTRIBUTOR',
    audit: 'EDITOR',
    editing: 'CONTRIBUTOR',
    entityMerges: 'EDITOR',
    failedJobs: 'ADMIN',
    partner: 'CHIEF',
    partners: 'CHIEF',
    products: 'CHIEF',
    pictures: 'CONTRIBUTOR',
    suggestions: 'CONTRIBUTOR',
    viewer: 'CONTRIBUTOR',
    workflow: 'CONTRIBUTOR',
  },
  Syndication: {
    changes: 'PARTNER',
    partner: 'PARTNER',
    story: 'PARTNER',
    usage: 'PARTNER',
  },
  Subscription: {
    articlePublished: 'EVERYONE',
    syndicationChanges: 'PARTNER',
  },
  Mutation: {
    signIn: 'EVERYONE',
    signOut: 'CONTRIBUTOR',
    changePassword: 'CONTRIBUTOR',
    createAccount: 'ADMIN',
    changeAccount: 'ADMIN',
    retryJob: 'ADMIN',

    createDraft: 'CONTRIBUTOR',
    saveDraft: 'CONTRIBUTOR',
    relateStories: 'CONTRIBUTOR',
    setCredits: 'CONTRIBUTOR',
    setMentions: 'CONTRIBUTOR',
    restoreRevision: 'CONTRIBUTOR',
    startEditing: 'CONTRIBUTOR',
    stopEditing: 'CONTRIBUTOR',
    createPreview: 'CONTRIBUTOR',
    uploadPicture: 'CONTRIBUTOR',
    createPictureUpload: 'CONTRIBUTOR',
    savePicture: 'CONTRIBUTOR',

    submitArticle: 'CONTRIBUTOR',
    returnArticle: 'EDITOR',
    approveArticle: 'EDITOR',
    publishArticle: 'EDITOR',
    schedulePublication: 'EDITOR',
    unschedulePublication: 'EDITOR',
    correctArticle: 'EDITOR',
    withdrawArticle: 'EDITOR',

    createFront: 'EDITOR',
    saveFront: 'EDITOR',
    restoreFront: 'EDITOR',
    publishFront: 'EDITOR',
    scheduleFront: 'EDITOR',
    unscheduleFront: 'EDITOR',
    withdrawFront: 'EDITOR',
    previewFront: 'EDITOR',

    createStoryline: 'EDITOR',
    saveStoryline: 'EDITOR',
    addToStoryline: 'EDITOR',

    importArticles: 'CHIEF',

    savePerson: 'EDITOR',
    saveOrganisation: 'EDITOR',
    savePlace: 'EDITOR',
    mergeEntities: 'CHIEF',
    undoMerge: 'CHIEF',
    deleteEntity: 'CHIEF',

    createWebhook: 'ADMIN_OR_PARTNER',
    changeWebhook: 'ADMIN_OR_PARTNER',
    rotateWebhookSecret: 'ADMIN_OR_PARTNER',
    pauseWebhook: 'ADMIN_OR_PARTNER',
    resumeWebhook: 'ADMIN_OR_PARTNER',
    replayWebhook: 'ADMIN_OR_PARTNER',
    replayDeadLetter: 'ADMIN_OR_PARTNER',
    deleteWebhook: 'ADMIN_OR_PARTNER',
    testWebhook: 'ADMIN_OR_PARTNER',
    saveSearch: 'ADMIN_OR_PARTNER',
    deleteSavedSearch: 'ADMIN_OR_PARTNER',

    createPartner: 'CHIEF',
    savePartner: 'CHIEF',
    createProduct: 'CHIEF',
    saveProduct: 'CHIEF',
    grantProduct: 'CHIEF',
    withdrawProduct: 'CHIEF',
    createPartnerKey: 'ADMIN',
    revokePartnerKey: 'ADMIN',
  },
} as const satisfies Record<string, Record<string, Least>>;

/** What needs more than the mutation it is done with. */
export const actions = {
  /** `withdrawArticle(kill: true)`. */
  kill: 'CHIEF',
} as const satisfies Record<string, AccountRole>;

/** Whether a viewer may have what is for a role or for keys; whoever runs the service has all roles. */
export function hasRole(ctx: Context, least: Least): boolean {
  const { viewer } = ctx;
  if (least === 'EVERYONE') return true;
  if (least === 'ADMIN_OR_PARTNER') return hasRole(ctx, 'ADMIN') || hasRole(ctx, 'PARTNER_MANAGE');
  if (isForKeys(least)) return viewer.kind === 'partner' && viewer.scopes.includes(scopeFor[least]);
  if (viewer.kind === 'operator') return true;
  return viewer.kind === 'account' && accountRoles.indexOf(viewer.role) >= accountRoles.indexOf(least);
}

/** Refuses a viewer who has not at least a role: UNAUTHENTICATED for readers, FORBIDDEN for all others. */
export function checkRole(ctx: Context, least: Least): void {
  if (hasRole(ctx, least)) return;
  const code = ctx.viewer.kind === 'reader' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  throw codedError(code, refusalOf(ctx, least));
}

function refusalOf(ctx: Context, least: Least): string {
  const { viewer } = ctx;
  if (least === 'ADMIN_OR_PARTNER') return refusalOf(ctx, viewer.kind === 'partner' ? 'PARTNER_MANAGE' : 'ADMIN');
  if (!isForKeys(least)) {
    return viewer.kind === 'reader'
      ? 'Sign in to do that.'
      : `That is for accounts with the role ${least} or a higher one.`;
  }
  if (viewer.kind === 'partner') return `This key may not do that: it takes one with the scope ${scopeFor[least]}.`;
  return 'That is for partners: send `Authorization: Bearer` with a key of yours (ngp_…).';
}

const isForKeys = (least: Least): least is KeyLeast => least in scopeFor;

export interface OwnedStory {
  /** The section of its newest edition and those above it. */
  sectionIds: readonly number[];
  createdBy: number | null;
}

/** Whether a story is the viewer's to work on: in his sections and, for a contributor, his own. */
export function isTheirs({ viewer }: Context, story: OwnedStory): boolean {
  if (viewer.kind === 'operator') return true;
  if (viewer.kind === 'reader' || viewer.kind === 'partner') return false;
  if (viewer.role === 'CONTRIBUTOR' && story.createdBy !== viewer.accountId) return false;
  return worksIn(viewer, story.sectionIds);
}

/** Whether a section is one the viewer works in: given with those above it. */
export const isTheirSection = ({ viewer }: Context, sectionIds: readonly number[]): boolean =>
  viewer.kind === 'operator' || (viewer.kind === 'account' && worksIn(viewer, sectionIds));

const worksIn = ({ sectionIds: theirs }: AccountViewer, sectionIds: readonly number[]): boolean =>
  theirs === null || sectionIds.some((id) => theirs.includes(id));
