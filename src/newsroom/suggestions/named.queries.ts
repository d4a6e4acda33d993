import { maxMentions } from '../../articles/edition.rows.js';
import { findPlaces, type NamePlace } from '../../articles/name-places.rules.js';
import { buildNameIndex } from '../../articles/naming.rules.js';
import type { EntityView } from '../../entities/entity.queries.js';
import { pieces } from '../../entities/form.rules.js';
import type { Context } from '../../kernel/context.js';
import { companyOf, knownIn } from './known.queries.js';
import { certainAndNot, realPlaces, suggestMentions, type SuggestedMention, type TextBlock } from './mention.rules.js';
import type { Standing } from './name-links.rules.js';
import { phraseOf } from './phrase.rules.js';
import { guessOf, unknownNamesIn, type Guess, type UnknownName } from './unknown.rules.js';

/** A name with the words it stands in. */
export type Phrased<Place> = Place & { phrase: string };

export interface UnknownNameView extends Phrased<Omit<UnknownName, 'elsewhere'>> {
  elsewhere: Phrased<Standing>[];
}

export interface Named {
  /** Everybody and everything that could be meant. */
  known: ReadonlyMap<number, EntityView>;
  places: NamePlace[];
  mentions: Phrased<SuggestedMention>[];
  unknownNames: UnknownNameView[];
}

/** Whom and what some texts in a language name, of those that are known and of those that are not. */
export async function namedIn(ctx: Context, blocks: readonly TextBlock[], language = ''): Promise<Named> {
  const texts = blocks.map(({ text }) => pieces(text));
  const known = await knownIn(ctx, texts, language);
  const places = realPlaces(findPlaces(buildNameIndex(known.names), blocks, { texts, language })).slice(0, maxMentions);
  const { certain, doubtful } = certainAndNot(places);
  const company = await companyOf(ctx, doubtful, certain);
  const candidates = new Map([...known.byId].map(([id, entity]) => [id, { ...entity, kind: entity.__typename }]));
  const mentions = suggestMentions(places, blocks, candidates, company);
  const inPhrase = phrasing(blocks);
  return {
    known: known.byId,
    places,
    mentions: mentions.map((each) => inPhrase(each, guessOf[candidates.get(each.entityId)!.kind])),
    unknownNames: unknownNamesIn(blocks, places).map((each) => ({
      ...inPhrase(each, each.guess),
      elsewhere: each.elsewhere.map((place) => inPhrase(place, each.guess)),
    })),
  };
}

function phrasing(blocks: readonly TextBlock[]) {
  const texts = new Map(blocks.map(({ key, text }) => [key, text]));
  return <Place extends Standing>(place: Place, sort: Guess | null): Phrased<Place> => {
    const text = texts.get(place.blockKey)!;
    const { start, end } = phraseOf(text, place, sort);
    return { ...place, phrase: text.slice(start, end) };
  };
}
