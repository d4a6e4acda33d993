import { createServer } from 'node:http';
import { articlePage } from './baseline.article.js';
import { sectionFront } from './baseline.front.js';
import { holdFurniture } from './baseline.furniture.js';
import { openReading } from './baseline.rows.js';
import { databaseUrl, port } from './baseline.settings.js';

/** The endpoint written by hand: node:http, a driver, batched statements; no GraphQL, no ORM. A process of its own. */
const reading = openReading(databaseUrl);
await holdFurniture(reading.execute);
const answers: Record<string, (slug: string) => Promise<object>> = {
  article: articlePage(reading),
  section: sectionFront(reading),
};

createServer((request, response) => {
  const [, kind = '', slug = ''] = request.url!.split('/');
  if (kind === 'healthz') return void response.end('ok');
  answers[kind]!(decodeURIComponent(slug)).then(
    (data) => {
      const body = JSON.stringify({ data });
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) });
      response.end(body);
    },
    (error: unknown) => {
      response.writeHead(500);
      response.end(String(error));
    },
  );
}).listen(port, '127.0.0.1');
process.on('disconnect', () => process.exit());
