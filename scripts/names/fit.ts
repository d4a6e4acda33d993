import { Command } from 'commander';
import { goldStoriesIn, type Half } from '../../src/command-line/evaluate/mentions.gold.js';
import { OperatorError } from '../../src/kernel/errors.js';
import { signsOf, weights as committed } from '../../src/newsroom/suggestions/certainty.rules.js';
import { bareName, namesAlone, type GoldStory } from '../../src/newsroom/suggestions/evaluation/gold.rules.js';
import { calibrationOf } from '../../src/newsroom/suggestions/evaluation/score.rules.js';
import { likelyNamesIn } from '../../src/newsroom/suggestions/unknown.rules.js';

/** Fits the weights of what is seen of a name to whether it was marked, and prints them beside those the code has: docs/adr/0039. */
const program = new Command('fit:names').argument('<file...>', 'gold files, as `evaluate mentions` reads them');

/** A place of a name: what is seen of the name, whether a name is marked there, and what the place counts. */
interface Place {
  signs: readonly number[];
  right: boolean;
  counts: number;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const sumOf = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0);

function placesIn({ blocks, mentions }: GoldStory): Omit<Place, 'counts'>[] {
  const marked = new Set(namesAlone(mentions).map(({ start, end }) => `${start} ${end}`));
  const from = new Map(blocks.map((block) => [block.key, block.from]));
  const { names, told } = likelyNamesIn(blocks, []);
  return names.flatMap((name) => {
    const signs = signsOf(name, told);
    return name.forms
      .flatMap(({ places }) => places)
      .flatMap(({ blockKey, start, end, surface: text }) => {
        const at = from.get(blockKey);
        if (at === undefined) return [];
        const bare = bareName({ start: at + start, end: at + end, text });
        return [{ signs, right: marked.has(`${bare.start} ${bare.end}`) }];
      });
  });
}

/** The places of all names in some files, each file counting the same. */
async function placesOf(files: readonly string[], half: Half): Promise<Place[]> {
  const all: Place[] = [];
  for (const file of files) {
    const places = (await goldStoriesIn(file, half)).flatMap(placesIn);
    all.push(...places.map((place) => ({ ...place, counts: 1 / places.length / files.length })));
  }
  return all;
}

const chanceOf = (signs: readonly number[], weights: readonly number[]): number =>
  1 / (1 + Math.exp(-sumOf(signs.map((sign, i) => sign * weights[i]!))));

/** How far what is said is from what is right, in nats a place. */
const lossOf = (places: readonly Place[], weights: readonly number[]): number =>
  sumOf(
    places.map(({ signs, right, counts }) => {
      const chance = chanceOf(signs, weights);
      return -counts * Math.log(right ? chance : 1 - chance);
    }),
  );

const errorOf = (places: readonly Place[], weights: readonly number[]): number =>
  calibrationOf(places.map(({ signs, right }) => ({ confidence: chanceOf(signs, weights), right }))).error;

/** What large weights cost, the first aside, which stands for no sign. */
const penalty = 0.001;
const steps = 6_000;

/** Logistic regression by descent of the gradient, as the loss has one lowest point only. */
function fitted(places: readonly Place[]): number[] {
  const weights = committed.map(() => 0);
  for (let step = 0; step < steps; step++) {
    const slope = weights.map((weight, i) => (i === 0 ? 0 : penalty * weight));
    for (const { signs, right, counts } of places) {
      const off = counts * (chanceOf(signs, weights) - Number(right));
      for (let i = 0; i < slope.length; i++) slope[i]! += off * signs[i]!;
    }
    for (let i = 0; i < weights.length; i++) weights[i]! -= 0.3 * slope[i]!;
  }
  return weights.map((weight) => Math.round(weight * 100) / 100);
}

try {
  program.parse();
  const [development, heldBack] = [
    await placesOf(program.args, 'development'),
    await placesOf(program.args, 'held-back'),
  ];
  if (development.length === 0 || heldBack.length === 0) throw new OperatorError('There are too few stories.');
  const fit = fitted(development);
  const row = (name: string, weights: readonly number[]) =>
    `${name.padEnd(14)}${[development, heldBack]
      .map((half) => `${lossOf(half, weights).toFixed(4)}  ${(100 * errorOf(half, weights)).toFixed(1).padStart(4)} %`)
      .join('   ')}`;
  print(`weights of the code: [${committed.join(', ')}]`);
  print(`fitted now:          [${fit.join(', ')}]`);
  print(
    `\nloss, and error of what is said, in the ${development.length} places of the development half and ${heldBack.length} of the other`,
  );
  print(row('of the code', committed));
  print(row('fitted now', fit));
} catch (error) {
  process.stderr.write(`${error instanceof OperatorError ? error.message : String((error as Error).stack)}\n`);
  process.exitCode = 1;
}
