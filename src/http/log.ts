import type { FastifyServerOptions } from 'fastify';
import type { Config } from '../config.js';
import type { Database } from '../kernel/database.js';

/** Where log lines go when not to standard output. */
export interface LogStream {
  write(line: string): void;
}

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'x-api-key', 'proxy-authorization'];

/** JSON lines without bodies, query strings, variables or secrets; of an error its kind, message and stack. */
export function logOptions(level: Config['logLevel'], stream?: LogStream): FastifyServerOptions['logger'] {
  return {
    level,
    ...(stream && { stream }),
    redact: {
      paths: secretHeaders.flatMap((name) => ['headers', 'req.headers', 'res.headers'].map((at) => `${at}["${name}"]`)),
      censor: '[redacted]',
    },
    serializers: {
      req: ({ method, url, ip }) => ({ method, path: pathOf(url), remoteAddress: ip }),
      err: ({ name, message, stack, code }) => ({ type: name, message, stack: stack ?? '', code }),
    },
  };
}

/** An address without its query string, which may hold variables. */
export const pathOf = (url: string): string => url.split('?', 1)[0]!;

/** At `debug` every statement is logged with the time it took, never with its values. */
export function logStatements(database: Database, log: { debug(line: object, message: string): void }): void {
  database.listen((statement, took) => {
    const started = performance.now();
    const done = () => log.debug({ statement, ms: Math.round((performance.now() - started) * 10) / 10 }, 'statement');
    took.then(done, done);
  });
}
