import { blockText, withInner, type Block } from './body.rules.js';
import { maxMentions } from './edition.rows.js';
import { findMentions, type FoundMention, type NameIndex } from './naming.rules.js';

interface Naming<Entity> {
  entity: Entity;
  salience: number;
}

/** Each entity that is named once, those the story is most about first, then in the order of the text. */
export function namedIn<Entity extends { id: number }>(mentions: readonly Naming<Entity>[]): Entity[] {
  const first = new Map<number, Naming<Entity>>();
  for (const mention of mentions) if (!first.has(mention.entity.id)) first.set(mention.entity.id, mention);
  return [...first.values()].sort((a, b) => b.salience - a.salience).map((mention) => mention.entity);
}

interface Text {
  title: string;
  standfirst: string;
  blocks: readonly Block[];
}

/**
 * Where a story names somebody or something that is known, in the order of the text, at most 500 times. The headline
 * and the standfirst count only for what the body does not name.
 */
export function mentionsIn(index: NameIndex, { title, standfirst, blocks }: Text): FoundMention[] {
  if (index.entries.size === 0) return [];
  const body = withInner(blocks).map((block) => ({ key: block.key, text: blockText(block) }));
  const head = [
    { key: 'title', text: title },
    { key: 'standfirst', text: standfirst },
  ];
  const found = findMentions(index, [...head, ...body]);
  const isHead = ({ blockKey }: FoundMention) => head.some(({ key }) => key === blockKey);
  const inBody = new Set(found.filter((mention) => !isHead(mention)).map((mention) => mention.entityId));
  return found.filter((mention) => !isHead(mention) || !inBody.has(mention.entityId)).slice(0, maxMentions);
}
