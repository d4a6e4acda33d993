import { escape } from '../../articles/body.html.js';
import type { DocumentPicture, EndedDocument, PartnerDocument, StoryDocument } from './document.types.js';

/** A story, or word of its end, as a page of HTML that stands for itself: nothing in it runs. */
export const htmlOf = (document: PartnerDocument): string =>
  document.status === 'usable' ? storyPage(document) : endPage(document);

interface Page {
  language: string;
  title: string;
  head: string[];
  body: string[];
}

const pageOf = ({ language, title, head, body }: Page): string =>
  `${[
    '<!doctype html>',
    `<html lang="${escape(language)}" dir="auto">`,
    `<head><meta charset="utf-8"><title>${escape(title)}</title>${head.join('')}</head>`,
    `<body><article>${body.join('\n')}</article></body>`,
    '</html>',
  ].join('\n')}\n`;

const meta = (name: string, content: string | null): string =>
  content === null ? '' : `<meta name="${name}" content="${escape(content)}">`;

const endPage = ({ uri, version, status, versionCreated, note }: EndedDocument): string =>
  pageOf({
    language: 'en',
    title: note,
    head: [
      meta('story', uri),
      meta('version', String(version)),
      meta('status', status),
      meta('modified', versionCreated),
    ],
    body: [`<p>${escape(note)}</p>`],
  });

function storyPage(story: StoryDocument): string {
  const lead = story.pictures.find(({ isLead }) => isLead);
  return pageOf({
    language: story.language,
    title: story.title,
    head: [
      `<link rel="canonical" href="${escape(story.canonicalUrl)}">`,
      meta('story', story.uri),
      meta('version', String(story.version)),
      meta('status', story.status),
      meta('modified', story.versionCreated),
      meta('embargoed-until', story.embargoedUntil),
      meta('expires', story.expiresAt),
      meta('section', story.section?.name ?? null),
      ...story.credits.map(({ role, name }) => meta(role.toLowerCase(), name)),
    ],
    body: [
      story.embargoedUntil === null ? '' : `<p><strong>Embargo: not before ${story.embargoedUntil}</strong></p>`,
      `<h1>${escape(story.title)}</h1>`,
      story.standfirst === '' ? '' : `<p class="standfirst">${escape(story.standfirst)}</p>`,
      `<p class="byline">${escape(story.attribution)}${story.publishedAt === null ? '' : `, <time datetime="${story.publishedAt}">${story.publishedAt.slice(0, 10)}</time>`}</p>`,
      lead === undefined ? '' : leadOf(lead),
      story.body.html,
      ...story.corrections.map(
        ({ note, issuedAt }) =>
          `<p class="correction"><time datetime="${issuedAt}">${issuedAt.slice(0, 10)}</time>: ${escape(note)}</p>`,
      ),
      `<footer><p>${escape(story.copyright)}${story.usageTerms === null ? '' : ` ${escape(story.usageTerms)}`} <a href="${escape(story.canonicalUrl)}">${escape(story.provider.name)}</a></p></footer>`,
    ].filter((part) => part !== ''),
  });
}

function leadOf({ url, width, height, alt, caption, credit }: DocumentPicture): string {
  const image =
    url === null ? '' : `<img src="${escape(url)}" alt="${escape(alt)}" width="${width}" height="${height}">`;
  return `<figure>${image}<figcaption>${escape(caption)} <small>${escape(credit)}</small></figcaption></figure>`;
}
