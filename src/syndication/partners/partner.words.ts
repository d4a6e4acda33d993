/** What a key may be used for: asking, and setting up webhooks and saved searches. */
export const keyScopes = ['READ', 'MANAGE'] as const;
export type KeyScope = (typeof keyScopes)[number];

/** Which pictures a product passes on: none, those whose licence lets us, or all. */
export const picturesPassed = ['NONE', 'LICENSED', 'ALL'] as const;
export type PicturesPassed = (typeof picturesPassed)[number];

/** The forms of document that a product may be taken in. */
export const documentFormats = ['JSON', 'NINJS', 'NEWSML', 'HTML'] as const;
export type DocumentFormat = (typeof documentFormats)[number];

/** The kinds of list that a product's filter is made of; a filter without any is of the one list of everything. */
export const productDimensions = ['EVERYTHING', 'SECTION', 'ENTITY', 'KIND', 'LANGUAGE'] as const;
export type ProductDimension = (typeof productDimensions)[number];

/** What a partner is told who is none for now. */
export const notAtPresent = 'You do not get our stories at present, and show none of them: ask our syndication desk.';
