/** What the hand-written endpoint is told by its environment; the service gets the same. */
export const siteUrl = process.env.SITE_URL ?? '';
export const siteName = process.env.SITE_NAME ?? '';
export const port = Number(process.env.PORT);
export const databaseUrl = process.env.DATABASE_URL ?? '';
