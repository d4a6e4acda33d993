import { Command, Option } from 'commander';
import { articleKinds, type ArticleKind } from '../articles/edition.rows.js';
import type { Context } from '../kernel/context.js';
import { OperatorError } from '../kernel/errors.js';
import { migrateUp } from '../kernel/migrate.js';
import {
  documentFormats,
  picturesPassed,
  type DocumentFormat,
  type PicturesPassed,
} from '../syndication/partners/partner.words.js';
import { createProduct } from '../syndication/partners/product.commands.js';
import { say, withNewsroom } from './newsroom.js';

const lowered = (words: readonly string[]): string[] => words.map((word) => word.toLowerCase());

export function productCommand(): Command {
  const product = new Command('product').description('look after what partners buy');
  product
    .command('add')
    .description('make a product; of each kind of condition that is given, one has to hold')
    .requiredOption('--name <name>', 'what everybody knows it by')
    .option('--slug <slug>', 'what this command line knows it by; made from the name')
    .option('--section <slug...>', 'stories of these sections and those below them')
    .option('--entity <id...>', 'stories that name one of these people, organisations and places')
    .addOption(new Option('--kind <kind...>', 'stories of these kinds').choices(lowered(articleKinds)))
    .option('--language <tag...>', 'stories in these languages; en takes in en-GB')
    .option('--delay-minutes <number>', 'how much later its stories come than to others; earlier when negative')
    .option('--keep-days <number>', 'for how long a story may be kept; without end where it is not given')
    .addOption(new Option('--pictures <which>', 'the pictures that go with it').choices(lowered(picturesPassed)))
    .addOption(new Option('--format <format...>', 'the forms it comes in').choices(lowered(documentFormats)))
    .option('--territory <country...>', 'where its stories may be shown, by two letters; everywhere without')
    .option('--usage-terms <text>', 'what else holds for its stories, in words')
    .action((options: Added) =>
      withNewsroom(({ ctx, database }) => migrateUp(database, say).then(() => add(ctx, options))),
    );
  return product;
}

interface Added {
  name: string;
  slug?: string;
  section?: string[];
  entity?: string[];
  kind?: string[];
  language?: string[];
  delayMinutes?: string;
  keepDays?: string;
  pictures?: string;
  format?: string[];
  territory?: string[];
  usageTerms?: string;
}

async function add(ctx: Context, options: Added): Promise<void> {
  const { name, slug, section, entity, kind, language, delayMinutes, keepDays, pictures, format, territory } = options;
  const filter = {
    sections: section,
    entities: entity,
    kinds: kind && (raised(kind) as ArticleKind[]),
    languages: language,
  };
  const made = await createProduct(ctx, {
    ...{ name, slug: slug ?? null, filter },
    delayMinutes: whole('--delay-minutes', delayMinutes),
    keepDays: whole('--keep-days', keepDays),
    pictures: pictures === undefined ? null : (pictures.toUpperCase() as PicturesPassed),
    formats: format === undefined ? null : (raised(format) as DocumentFormat[]),
    territories: territory ?? null,
    usageTerms: options.usageTerms ?? null,
  });
  if ('message' in made) {
    const { message, path } = made;
    const [, field, index] = path ?? [];
    const named = filter[field as keyof typeof filter]?.[Number(index)];
    throw new OperatorError(named === undefined ? message : `${message.slice(0, -1)}: ${named}.`);
  }
  const { slug: known } = made.product;
  say(`${known} is a product: \`newsgraph partner grant <partner> ${known}\` gives it to somebody.`);
}

const raised = (words: readonly string[]): string[] => words.map((word) => word.toUpperCase());

function whole(option: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^-?\d+$/.test(text)) throw new OperatorError(`${option} is a whole number.`);
  return Number(text);
}
