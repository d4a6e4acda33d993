import { knownNames } from '../../articles/known-names.queries.js';
import type { Context } from '../../kernel/context.js';
import { Refusal } from '../../kernel/errors.js';
import { inTransaction } from '../../kernel/transaction.js';
import { keyOf } from './address.rules.js';
import { relateLateStories } from './late-links.commands.js';
import { NoStory, prepare, printOf, type PreparedStory } from './prepare.rules.js';
import { PretendedPaths } from './pretended-paths.js';
import { Remembered } from './remembered.js';
import { sectionsFor } from './sections.commands.js';
import type { Section, SectionFinder, SectionMap } from './sections.rules.js';
import type { IncomingStory, Place, ReadItem } from './story.types.js';
import { hostsKnown, knownItems, pathOwners } from './write.queries.js';
import { databaseNow } from './import.queries.js';
import { cancelledBefore, cancelStory } from './cancel.commands.js';
import { leftAlone } from './changed.commands.js';
import { isOfOneStory, reasonIn } from './one-story.rules.js';
import { notesOn, type Outcome, type StoryToWrite, type Written } from './story-text.rules.js';
import { changedOf, lostNote, thingsMarked, writeStories, type Writing } from './write.commands.js';

export interface ImportManyOptions {
  /** What the system is called that the stories come from. */
  source: string;
  /** Slug of the section of stories whose categories have none. */
  section?: string | undefined;
  sections?: SectionMap | undefined;
  language?: string | undefined;
  /** Whether all stay drafts, whatever they were. */
  drafts?: boolean;
  /** Whether nothing is written. */
  dryRun?: boolean;
  /** Brings the pictures of stories here before they are written; gives what is to be told, by their addresses. */
  fetchPictures?: ((stories: readonly PreparedStory[]) => Promise<ReadonlyMap<string, string>>) | undefined;
}

/** What became of one item, for the report. */
export interface ItemReport {
  file: string;
  line?: number | undefined;
  item?: number | undefined;
  id?: string | undefined;
  outcome: Lowercase<Outcome>;
  slug?: string | undefined;
  reason?: string | undefined;
  notes?: readonly string[] | undefined;
}

export interface ImportSummary {
  read: number;
  written: number;
  updated: number;
  unchanged: number;
  skipped: number;
  failed: number;
  /** Stories that were related to others that came after them. */
  related: number;
  /** Sections that were made. */
  madeSections: readonly string[];
  /** Categories without a section, with how many stories went to the default section for it. */
  unknownCategories: ReadonlyMap<string, number>;
}

/** How many stories one transaction writes, and how many characters of them. */
const atOnce = { stories: 400, characters: 8_000_000 };

/**
 * Brings in what a reader gives, in batches that each are there whole or not at all; so one that was cut off is gone on
 * with by running it again. Tells of each item as its batch is done.
 */
export async function importMany(
  ctx: Context,
  items: AsyncIterable<ReadItem>,
  options: ImportManyOptions,
  tell: (report: ItemReport) => void,
): Promise<ImportSummary> {
  const { finder, made } = await sectionsFor(ctx, options);
  const names = await knownNames(ctx);
  const importing = new Importing(ctx, options, finder, { source: options.source, names }, tell);
  try {
    for await (const item of items) await importing.take(item);
    await importing.end();
  } finally {
    importing.close();
  }
  const related = options.dryRun ? 0 : await relateLateStories(ctx);
  return { ...importing.counts, related, madeSections: made, unknownCategories: finder.unknown };
}

interface Waiting {
  place: Place;
  story: IncomingStory;
  externalId: string;
  section: Section;
  print: string;
}

interface Seen {
  version: number;
  print: string;
  isCancelled?: true;
}

class Importing {
  readonly counts = { read: 0, written: 0, updated: 0, unchanged: 0, skipped: 0, failed: 0 };
  /** What came already, by its id. */
  private readonly seen = new Remembered<Seen>();
  private readonly paths: PretendedPaths | undefined;
  private batch: Waiting[] = [];
  private characters = 0;
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly ctx: Context,
    private readonly options: ImportManyOptions,
    private readonly finder: SectionFinder,
    private readonly to: Writing,
    private readonly tell: (report: ItemReport) => void,
  ) {
    if (options.dryRun) this.paths = new PretendedPaths(finder.slugs);
  }

  async take(item: ReadItem): Promise<void> {
    this.counts.read += 1;
    const { place } = item;
    if ('cancelled' in item) return this.cancel(item);
    if (!('story' in item)) {
      const outcome = 'failed' in item ? 'failed' : 'skipped';
      const reason = 'failed' in item ? item.failed : item.skipped;
      return this.report({ ...place, id: item.externalId, outcome, reason });
    }
    const { story } = item;
    const externalId = keyOf(story.externalId);
    const section = this.finder.of(story.categories ?? []);
    const { drafts = false, language } = this.options;
    const print = printOf(story, section.slug, drafts, language);
    const [version, before] = [story.version ?? 0, this.seen.get(externalId)];
    if (before && version <= before.version)
      return this.again({ place, story }, before, { version, print: print.slice(0, 11) });
    if (before) await this.flush(); // the earlier version is stored first
    this.seen.set(externalId, { version, print: print.slice(0, 11) });
    this.batch.push({ place, story, externalId, section, print });
    this.characters += charactersOf(story);
    if (this.batch.length >= atOnce.stories || this.characters >= atOnce.characters) await this.flush();
  }

  /** Tells of an item whose id came before. */
  private again({ place, story }: { place: Place; story: IncomingStory }, before: Seen, now: Seen): void {
    const told = { ...place, id: story.externalId };
    const skipped = (reason: string) => this.report({ ...told, outcome: 'skipped', reason });
    if (before.isCancelled) return skipped(cancelledLater);
    if (before.print === now.print) return skipped('It is in the source twice, word for word.');
    if (now.version < before.version) return skipped('A later version of it came before.');
    this.report({
      ...told,
      outcome: 'failed',
      reason: 'An earlier item has the same id and says something else: this one was left out.',
    });
  }

  /** Takes an item that was cancelled there out of what waits, and the story it became before from readers. */
  private async cancel({ place, ...item }: Extract<ReadItem, { cancelled: true }>): Promise<void> {
    const externalId = keyOf(item.externalId);
    const version = item.version ?? Number.MAX_SAFE_INTEGER;
    if (version < (this.seen.get(externalId)?.version ?? 0))
      return this.report({
        ...{ ...place, id: item.externalId, outcome: 'skipped' },
        reason: 'A later version of it came before.',
      });
    this.seen.set(externalId, { version, print: '', isCancelled: true });
    const waiting = this.batch.find((each) => each.externalId === externalId);
    if (waiting) {
      this.batch.splice(this.batch.indexOf(waiting), 1);
      this.characters -= charactersOf(waiting.story);
      this.report({ ...waiting.place, id: waiting.story.externalId, outcome: 'skipped', reason: cancelledLater });
    }
    await this.writing;
    const { dryRun = false } = this.options;
    const done = await cancelStory(this.ctx, {
      ...{ source: this.to.source, externalId, version: item.version, dryRun },
    });
    const { slug, reason } = done;
    const outcome = done.outcome.toLowerCase() as Lowercase<Outcome>;
    this.report({ ...place, id: item.externalId, outcome, slug, reason });
  }

  async end(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  close(): void {
    this.seen.close();
    this.paths?.close();
  }

  /** Has the batch written while the next one is read and made ready. */
  private async flush(): Promise<void> {
    const { batch } = this;
    if (batch.length === 0) return;
    [this.batch, this.characters] = [[], 0];
    const known = await knownItems(
      this.ctx.database,
      this.to.source,
      batch.map(({ externalId }) => externalId),
    );
    const gone = await this.cancelledOf(batch);
    const ready: (Waiting & StoryToWriteParts)[] = [];
    for (const waiting of batch) {
      const there = known.get(waiting.externalId);
      if (there?.print === waiting.print && !this.options.fetchPictures)
        this.done(waiting, { outcome: 'UNCHANGED', slug: there.slug, notes: [] }, []);
      else if (gone.has(waiting.externalId))
        this.report({ ...waiting.place, id: waiting.story.externalId, outcome: 'skipped', reason: cancelledLater });
      else {
        const prepared = this.prepared(waiting);
        if (prepared) ready.push({ ...waiting, prepared });
      }
      await breath();
    }
    const told =
      (await this.options.fetchPictures?.(ready.map(({ prepared }) => prepared))) ?? new Map<string, string>();
    await this.writing;
    this.writing = this.options.dryRun ? this.pretend(ready, known) : this.write(ready, told);
    this.writing.catch(() => undefined); // thrown again where it is awaited
  }

  private cancelledOf(waiting: readonly Waiting[]) {
    const items = waiting.map(({ externalId, story: { version } }) => ({ externalId, version }));
    return cancelledBefore(this.ctx.database, this.to.source, items);
  }

  /** What another import cancelled since it was looked at found nothing to withdraw: it is withdrawn here. */
  private async cancelMeanwhile(written: readonly Waiting[]): Promise<void> {
    const { source } = this.to;
    for (const [externalId, version] of await this.cancelledOf(written))
      await cancelStory(this.ctx, { source, externalId, version, dryRun: false });
  }

  private prepared(waiting: Waiting): PreparedStory | undefined {
    const { source, language = 'en', drafts = false } = this.options;
    try {
      return prepare(waiting.story, { source, language, drafts });
    } catch (error) {
      if (!(error instanceof NoStory) && !(error instanceof Refusal)) throw error;
      this.failed(waiting, error.message);
      return undefined;
    }
  }

  private async write(
    ready: readonly (Waiting & StoryToWriteParts)[],
    told: ReadonlyMap<string, string>,
  ): Promise<void> {
    if (ready.length === 0) return;
    const stories = ready.map(({ prepared: story, section, print }): StoryToWrite => ({ story, section, print }));
    try {
      const written = await inTransaction(this.ctx, (tx) => writeStories(this.ctx, tx, stories, this.to));
      await this.cancelMeanwhile(ready);
      written.forEach((each, i) => this.done(ready[i]!, each, picturesTold(ready[i]!.prepared, told)));
    } catch (error) {
      if (!isOfOneStory(error)) throw error;
      if (ready.length === 1) return this.failed(ready[0]!, reasonIn(error));
      const half = Math.ceil(ready.length / 2); // one of them cannot be written: the others can
      await this.write(ready.slice(0, half), told);
      await this.write(ready.slice(half), told);
    }
  }

  private async pretend(
    ready: readonly (Waiting & StoryToWriteParts)[],
    known: Awaited<ReturnType<typeof knownItems>>,
  ): Promise<void> {
    const now = await databaseNow(this.ctx);
    const things = await thingsMarked(
      this.ctx.database,
      ready.map(({ prepared }) => prepared),
    );
    const { source } = this.to;
    const hosts = await hostsKnown(
      this.ctx.database,
      changedOf(
        ready.map(({ prepared: story, print }) => ({ story, print })),
        known,
      ),
    );
    const outcomes = ready.map((waiting) => {
      const { prepared } = waiting;
      const there = known.get(waiting.externalId);
      const left = there && leftAlone(prepared, there, { source, hosts: hosts.get(there.id) });
      const done = left ?? { outcome: there ? ('UPDATED' as const) : ('WRITTEN' as const) };
      const notes = left ? [] : notesOn(prepared, { now, things });
      return { waiting, there, left, done: { ...done, slug: there?.slug, notes } };
    });
    const owners = await pathOwners(
      this.ctx.database,
      ready.flatMap(({ prepared }) => prepared.paths),
    );
    const claiming = outcomes.filter(({ left }) => !left);
    const newFirst = [...claiming.filter(({ there }) => !there), ...claiming.filter(({ there }) => there)];
    for (const { waiting, there, done } of newFirst)
      done.notes.push(...this.paths!.lostBy(waiting.prepared, there?.id, owners).map(lostNote));
    for (const { waiting, done } of outcomes) this.done(waiting, done, picturesTold(waiting.prepared, new Map()));
  }

  private done(
    waiting: Waiting & Partial<StoryToWriteParts>,
    { outcome, slug, reason, notes }: Written,
    pictures: readonly string[],
  ): void {
    const all =
      outcome === 'UNCHANGED'
        ? this.options.fetchPictures
          ? pictures
          : []
        : [...(waiting.prepared?.notes ?? []), ...notes, ...pictures];
    this.report({
      ...waiting.place,
      id: waiting.story.externalId,
      outcome: outcome.toLowerCase() as Lowercase<Outcome>,
      slug,
      reason,
      notes: all,
    });
  }

  private failed({ place, story }: Waiting, reason: string): void {
    this.report({ ...place, id: story.externalId, outcome: 'failed', reason });
  }

  private report(report: ItemReport): void {
    this.counts[report.outcome] += 1;
    this.tell(report);
  }
}

const cancelledLater = 'A later version of it says that it was cancelled.';

interface StoryToWriteParts {
  prepared: PreparedStory;
}

const picturesTold = ({ picture, blocks }: PreparedStory, told: ReadonlyMap<string, string>): string[] =>
  [picture, ...blocks.map((block) => (block.kind === 'Picture' ? block.picture : undefined))].flatMap((each) => {
    if (!each) return [];
    const outcome = told.get(each.url);
    return outcome === '' ? [] : [outcome ?? `Only the words of its picture were kept: ${each.url.slice(0, 500)}`];
  });

function charactersOf({ body, title = '', standfirst = '' }: IncomingStory): number {
  const text =
    body === undefined
      ? ''
      : 'blocks' in body
        ? JSON.stringify(body.blocks)
        : 'html' in body
          ? body.html
          : 'text' in body
            ? body.text
            : body.markdown;
  return text.length + title.length + standfirst.length;
}

/** Lets answers of the database in between. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
