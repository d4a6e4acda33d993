import { publishEdition } from '../../articles/bring-in.commands.js';
import { saveEdition } from '../../articles/edition.commands.js';
import type { Context } from '../../kernel/context.js';
import { wordAllStories } from '../../newsroom/beside/wording.commands.js';
import { suggestionsFor } from '../../newsroom/suggestions/suggestion.queries.js';
import { saveSection } from '../../sections/section.commands.js';
import { goldEvents, sentAgain, type GoldStory } from './related.gold.js';

/** How the desk does on events of our own. */
export interface GoldFigures {
  /** Of stories of one event, how many are suggested beside one another, and how many of them as the same event. */
  sameEvent: { pairs: number; suggested: number; asSame: number };
  /** Of stories of two events of one kind, how many are kept out. */
  otherEvent: { pairs: number; keptOut: number };
  /** Of reports that an agency sent again, how many are flagged; and how many others are. */
  sentAgain: { texts: number; flagged: number; wrongly: number };
  /** What went wrong, to be looked at. */
  off: string[];
}

/** Publishes events of our own in a newsroom of their own, and asks for what belongs beside each report. */
export async function tryGold(contextOf: () => Context): Promise<GoldFigures> {
  const sectionId = await saveSection(contextOf(), { slug: 'world', name: 'World', description: '', position: 0 });
  const save = ({ title, text }: GoldStory, externalId: string) =>
    saveEdition(contextOf(), {
      article: { source: 'gold', externalId, slug: externalId },
      ...{ kind: 'NEWS', language: 'en', title, standfirst: '', sectionId, credits: [], related: [], mentions: [] },
      blocks: text.split(/(?<=\.) /).map((line, i) => ({ key: `b${i + 1}`, kind: 'Paragraph', text: line })),
    });
  const publish = async (story: GoldStory, externalId: string) => {
    const saved = await save(story, externalId);
    await publishEdition(contextOf(), { ...saved, publishedAt: Date.parse(`${story.day}T09:00:00Z`) });
    return saved.articleId;
  };
  const events: { kind: string; same: [number, number]; other: number }[] = [];
  for (const { kind, same, other } of goldEvents) {
    const slug = kind.replaceAll(' ', '-');
    events.push({
      kind,
      same: [await publish(same[0], `${slug}-1`), await publish(same[1], `${slug}-2`)],
      other: await publish(other, `${slug}-other`),
    });
  }
  await wordAllStories(contextOf());
  const figures: GoldFigures = {
    sameEvent: { pairs: 0, suggested: 0, asSame: 0 },
    otherEvent: { pairs: 0, keptOut: 0 },
    sentAgain: { texts: 0, flagged: 0, wrongly: 0 },
    off: [],
  };
  const suggestedFor = async (id: number) => {
    const { related, warnings } = (await suggestionsFor(contextOf(), id))!;
    return { kinds: new Map(related.map(({ article, kind }) => [article.id, kind])), warnings };
  };
  for (const { kind, same, other } of events) {
    for (const [id, partner] of [same, [same[1], same[0]]] as [number, number][]) {
      const { kinds, warnings } = await suggestedFor(id);
      figures.sameEvent.pairs += 1;
      if (kinds.has(partner)) figures.sameEvent.suggested += 1;
      else figures.off.push(`${kind}: the other report of it is not suggested`);
      if (kinds.get(partner) === 'SAME_EVENT') figures.sameEvent.asSame += 1;
      for (const _ of warnings) figures.sentAgain.wrongly += 1;
      judgeOther(figures, kind, kinds.has(other));
    }
    const { kinds, warnings } = await suggestedFor(other);
    for (const _ of warnings) figures.sentAgain.wrongly += 1;
    for (const id of same) judgeOther(figures, kind, kinds.has(id));
  }
  for (const { kind, same } of goldEvents) {
    const again = await save(sentAgain(same[0]), `${kind.replaceAll(' ', '-')}-again`);
    const { warnings } = await suggestedFor(again.articleId);
    figures.sentAgain.texts += 1;
    if (warnings.some(({ message }) => message.includes(`“${same[0].title}”`))) figures.sentAgain.flagged += 1;
    else figures.off.push(`${kind}: a report that was sent again is not flagged`);
  }
  return figures;
}

function judgeOther(figures: GoldFigures, kind: string, isSuggested: boolean): void {
  figures.otherEvent.pairs += 1;
  if (isSuggested) figures.off.push(`${kind}: another event of the kind is suggested`);
  else figures.otherEvent.keptOut += 1;
}
