import type { EntityView } from '../entities/entity.queries.js';
import type { EntityKind } from '../entities/entity.rows.js';
import { entityUrl, wikidataUrl } from '../entities/entity.rules.js';
import type { Addresses } from '../kernel/context.js';
import type { CorrectionView, CreditView, StoryView } from './article.queries.js';
import type { ArticleKind } from './edition.rows.js';
import { readingMinutes } from './body.rules.js';
import { articleUrl } from './path.rules.js';

interface Story {
  article: StoryView;
  section: { name: string } | undefined;
  credits: readonly CreditView[];
  entities: readonly EntityView[];
  corrections: readonly CorrectionView[];
  images: readonly string[];
  addresses: Addresses;
}

const articleTypes: Partial<Record<ArticleKind, string>> = {
  ANALYSIS: 'AnalysisNewsArticle',
  OPINION: 'OpinionNewsArticle',
  EXPLAINER: 'BackgroundNewsArticle',
  LIVE: 'LiveBlogPosting',
};

const thingTypes: Record<EntityKind, string> = { Person: 'Person', Organisation: 'Organization', Place: 'Place' };

/** How many of the entities named first the story is about; the others it mentions. */
const aboutCount = 5;

/** A schema.org NewsArticle as JSON, written so that no `<` in it can end a script element. */
export function jsonLd({ article, section, credits, entities, corrections, images, addresses }: Story): string {
  const url = articleUrl(addresses, article);
  const thing = (entity: EntityView) => ({
    '@type': thingTypes[entity.__typename],
    name: entity.name,
    url: entityUrl(addresses, entity),
    sameAs: entity.wikidataId ? wikidataUrl(entity.wikidataId) : undefined,
  });
  const credited = (credit: CreditView) =>
    credit.entity ? thing(credit.entity) : { '@type': 'Person', name: credit.text };
  const picture = article.leadPicture;
  const document = {
    '@context': 'https://schema.org',
    '@type': articleTypes[article.kind] ?? 'NewsArticle',
    '@id': url,
    url,
    mainEntityOfPage: url,
    headline: article.title,
    description: article.standfirst || undefined,
    inLanguage: article.language,
    articleSection: section?.name,
    wordCount: article.wordCount,
    timeRequired: `PT${readingMinutes(article.wordCount)}M`,
    datePublished: momentOf(article.publishedAt),
    dateModified: momentOf(article.updatedAt),
    author: filled(credits.filter((credit) => credit.role === 'AUTHOR').map(credited)),
    creditText: picture?.credit,
    image: filled(images),
    about: filled(entities.slice(0, aboutCount).map(thing)),
    mentions: filled(entities.slice(aboutCount).map(thing)),
    correction: filled(
      corrections.map(({ note, issuedAt }) => ({
        '@type': 'CorrectionComment',
        text: note,
        datePublished: new Date(issuedAt).toISOString(),
      })),
    ),
    publisher: { '@type': 'NewsMediaOrganization', name: addresses.siteName, url: addresses.siteUrl },
    isAccessibleForFree: true,
  };
  return JSON.stringify(document).replace(
    /[<\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const momentOf = (ms: number | null): string | undefined => (ms === null ? undefined : new Date(ms).toISOString());

const filled = <Item>(items: readonly Item[]): readonly Item[] | undefined => (items.length > 0 ? items : undefined);
