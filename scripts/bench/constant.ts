import { createServer } from 'node:http';

/** The ceiling: node:http writing a constant of as many bytes as `/bytes/N` asks for. A process of its own. */
const constants = new Map<string, Buffer>();

createServer((request, response) => {
  const [, , size = '2'] = request.url!.split('/');
  const body = constants.get(size) ?? Buffer.from(JSON.stringify('x'.repeat(Math.max(0, Number(size) - 2))));
  constants.set(size, body);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
process.on('disconnect', () => process.exit());
