import type { Addresses } from '../kernel/context.js';

/** Where readers find a story: its canonical address. */
export const articleUrl = ({ siteUrl }: Addresses, { path }: { path: string }): string => siteUrl + path;
