import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { elementsIn, type XmlEvent } from '../../src/newsroom/import/readers/xml.js';

describe('XML that does not end what it begins', () => {
  const folder = mkdtempSync(join(tmpdir(), 'newsgraph-xml-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a CDATA section', '<![CDATA['],
    ['a comment', '<!--'],
    ['an attribute', '<a b="'],
  ])('is given up behind 16 million characters of %s', async (_, begins) => {
    const path = join(folder, 'source.xml');
    writeFileSync(path, `<rss><item>${begins}${'x'.repeat(36_000_000)}`);
    const sources = { paths: [path], totalBytes: 0, bytesRead: 0 };
    const events: XmlEvent[] = [];
    for await (const event of elementsIn(sources, path, { now: 0 }, (open) => open.at(-1)!.name === 'item'))
      events.push(event);
    expect(events).toEqual([{ broken: 'Something in it does not end within 16 million characters.', item: 1 }]);
    expect(sources.bytesRead).toBeLessThan(18_000_000);
  });
});
