import { maxMentions } from '../../articles/edition.rows.js';
import { findPlaces, type NamePlace } from '../../articles/name-places.rules.js';
import { buildNameIndex } from '../../articles/naming.rules.js';
import type { EntityView } from '../../entities/entity.queries.js';
import { pieces } from '../../entities/form.rules.js';
import type { Context } from '../../kernel/context.js';
import { companyOf, knownIn } from './known.queries.js';
import { certainAndNot, realPlaces, suggestMentions, type SuggestedMention, type TextBlock } from './mention.rules.js';
import { unknownNamesIn, type UnknownNameView } from './unknown.rules.js';

export interface Named {
  /** Everybody and everything that could be meant. */
  known: ReadonlyMap<number, EntityView>;
  places: NamePlace[];
  mentions: SuggestedMention[];
  unknownNames: UnknownNameView[];
}

/** Whom and what some texts name, of those that are known and of those that are not. */
export async function namedIn(ctx: Context, blocks: readonly TextBlock[]): Promise<Named> {
  const texts = blocks.map(({ text }) => pieces(text));
  const known = await knownIn(ctx, texts);
  const places = realPlaces(findPlaces(buildNameIndex(known.names), blocks, texts)).slice(0, maxMentions);
  const { certain, doubtful } = certainAndNot(places);
  const company = await companyOf(ctx, doubtful, certain);
  const candidates = new Map([...known.byId].map(([id, entity]) => [id, { ...entity, kind: entity.__typename }]));
  const mentions = suggestMentions(places, blocks, candidates, company);
  return { known: known.byId, places, mentions, unknownNames: unknownNamesIn(blocks, places) };
}
