import type { Database } from '../../src/kernel/database.js';
import { sql } from '../../src/kernel/sql.js';
import type { AccountViewer } from '../../src/kernel/viewer.js';
import { deskOn, draft, rowIdOf, storyOf } from './desk.js';
import { violations } from './invariants.js';

/** What a try of a promise showed: its figures, and what broke it. */
export interface Findings {
  figures: Record<string, number | string>;
  broken: string[];
}

/**
 * Many editors save one article, each on the version he last saw and each on one of the nodes in turn: whatever was
 * acknowledged is there, and everybody else hears that he was late.
 */
export async function editorsSave(
  nodes: readonly Database[],
  viewer: AccountViewer,
  { editors, saves }: { editors: number; saves: number },
): Promise<Findings> {
  const [first] = nodes as [Database];
  const begun = storyOf(await deskOn(first, viewer)('createDraft', draft('One story')));
  const saved = new Map<number, string>();
  const broken: string[] = [];
  let stale = 0;
  const edit = async (editor: number) => {
    const desk = deskOn(nodes[editor % nodes.length]!, viewer);
    let { expectedVersion } = begun;
    for (let n = 0; n < saves; n++) {
      const title = `Text ${n} of editor ${editor}`;
      const outcome = await desk('saveDraft', { ...begun, expectedVersion, title });
      if (outcome.__typename === 'DraftSaved') {
        expectedVersion = outcome.article!.version;
        saved.set(expectedVersion, title);
      } else if (outcome.__typename === 'StaleVersion' && outcome.currentVersion! > expectedVersion) {
        stale += 1;
        expectedVersion = outcome.currentVersion!;
      } else {
        broken.push(`editor ${editor} heard ${JSON.stringify(outcome)}`);
      }
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: editors }, (_, editor) => edit(editor)));
  const seconds = (performance.now() - started) / 1_000;

  const id = rowIdOf(begun);
  const texts = await first.read<{ number: number; title: string }>(
    sql`select number, title from edition where articleId = ${id}`,
    'primary',
  );
  const titles = new Map(texts.map(({ number, title }) => [number, title]));
  const lost = [...saved].filter(([version, title]) => titles.get(version) !== title).length;
  if (lost > 0) broken.push(`${lost} saves that were acknowledged are lost`);
  const [{ version }] = (await first.read<{ version: number }>(
    sql`select version from article where id = ${id}`,
    'primary',
  )) as [{ version: number }];
  const acknowledged = saved.size;
  if (saved.size + stale !== editors * saves) broken.push(`${editors * saves} saves, ${saved.size + stale} answers`);
  if (texts.length !== 1 + acknowledged) broken.push(`${acknowledged} saves made ${texts.length - 1} texts`);
  if (version !== 1 + acknowledged) broken.push(`${acknowledged} saves made version ${version}`);
  broken.push(...(await violations(first)));
  const figures = { saves: editors * saves, acknowledged, StaleVersion: stale, lost, seconds: seconds.toFixed(1) };
  return { figures, broken };
}
