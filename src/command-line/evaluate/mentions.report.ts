import type { Timed } from '../../newsroom/suggestions/evaluation/evaluation.queries.js';
import { calibrated, type Evaluation, type Reading } from '../../newsroom/suggestions/evaluation/evaluation.rules.js';
import { scoreOf, type Counts } from '../../newsroom/suggestions/evaluation/score.rules.js';

const percent = (part: number): string => (100 * part).toFixed(1);

/** A table in plain text: the first column to the left, the others to the right. */
function table(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => String(row[column] ?? '').length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? String(cell).padEnd(widths[0]!) : String(cell).padStart(widths[column]!),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const cells = (counts: Counts): string[] => {
  const { precision, recall, f1 } = scoreOf(counts);
  return [precision, recall, f1].map(percent);
};

const line = (what: string, { exact, overlap, runs }: Reading): (string | number)[] => [
  what, exact.asked, exact.found, ...cells(exact), ...cells(overlap), percent(scoreOf(runs).f1),
]; // prettier-ignore

const guesses = ['PERSON', 'ORGANISATION', 'PLACE', 'no guess', 'not found'];
const marks = ['PERSON', 'ORGANISATION', 'PLACE', 'no sort', 'of another sort', 'not marked'];

/** The middle time a story took, as if it had 500 words. */
export function middleTime(times: readonly Timed[]): number {
  const each = times.map(({ milliseconds, words }) => (milliseconds / Math.max(words, 1)) * 500).sort((a, b) => a - b);
  return each[Math.floor(each.length / 2)] ?? 0;
}

/** What a human reads. */
export function asText(all: Evaluation, times: readonly Timed[]): string {
  const { buckets, error } = calibrated(all);
  const parts = [
    `${all.stories} stories, ${times.reduce((sum, { words }) => sum + words, 0)} words, p50 ${middleTime(times).toFixed(1)} ms for 500 words`,
    table([
      ['scored against', 'marked', 'found', 'exact P', 'R', 'F1', 'overlap P', 'R', 'F1', 'capitalised runs F1'],
      line('all marked with a capital', all.marked),
      line('the same but pronouns', all.spoken),
      line('names alone', all.names),
    ]),
    table([
      ['sort', 'marked', 'guessed', 'P', 'R', 'F1'],
      ...Object.entries(all.kinds).map(([kind, counts]) => [kind, counts.asked, counts.found, ...cells(counts)]),
      ['with its sort', ...sortedOf(all)],
    ]),
    table([
      ['marked \\ guessed', ...guesses],
      ...marks
        .filter((mark) => all.confusion[mark])
        .map((mark) => [mark, ...guesses.map((guess) => all.confusion[mark]![guess] ?? 0)]),
    ]),
    table([
      ['confidence', 'names', 'said', 'right'],
      ...buckets.map(({ from, to, names, said, right }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        names,
        percent(said),
        percent(right),
      ]),
    ]),
    `Expected calibration error: ${percent(error)} %`,
  ];
  if (all.forms.found > 0) {
    parts.push(
      `Of ${all.forms.found} places said to be of a name before, ${percent(scoreOf(all.forms).precision)} % are; of ${all.forms.asked} that are, ${percent(scoreOf(all.forms).recall)} % are said.`,
    );
  }
  if (all.links.asked > 0) {
    parts.push(
      `Of ${all.links.asked} names of what the newsroom knows, ${percent(scoreOf(all.links).recall)} % are linked to it; of ${all.links.found} that are linked, ${percent(scoreOf(all.links).precision)} % are right.`,
    );
  }
  return parts.join('\n\n');
}

/** All sorts together: marked, guessed, and how well both agree. */
function sortedOf({ kinds, names }: Evaluation): (string | number)[] {
  const right = Object.values(kinds).reduce((sum, counts) => sum + counts.right, 0);
  const counts = { asked: names.exact.asked, found: names.exact.found, right, met: right };
  return [counts.asked, counts.found, ...cells(counts)];
}

/** What a program reads; parts are from 0 to 1. */
export function asJson(all: Evaluation, times: readonly Timed[]): string {
  const scored = (counts: Counts) => ({ ...counts, ...scoreOf(counts) });
  const reading = ({ exact, overlap, runs }: Reading) => ({
    exact: scored(exact),
    overlap: scored(overlap),
    capitalisedRuns: scored(runs),
  });
  const byKind = Object.fromEntries(Object.entries(all.kinds).map(([kind, counts]) => [kind, scored(counts)]));
  const { buckets, error } = calibrated(all);
  return JSON.stringify(
    {
      stories: all.stories,
      words: times.reduce((sum, { words }) => sum + words, 0),
      millisecondsFor500Words: middleTime(times),
      allMarked: reading(all.marked),
      allMarkedButPronouns: reading(all.spoken),
      names: reading(all.names),
      byKind,
      confusion: all.confusion,
      calibration: { buckets, expectedCalibrationError: error },
      forms: scored(all.forms),
      links: scored(all.links),
    },
    null,
    2,
  );
}
