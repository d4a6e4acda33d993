import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Limits } from '../config.js';
import type { Context } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import type { ReceivedFile } from '../media/upload.scalar.js';

/** What is done with a file of a request. */
export type Receive = (bytes: Buffer) => Promise<ReceivedFile>;

/**
 * Refuses a multipart request before anything of its body is read: one that a form of any page could have sent, and one of
 * somebody who is not signed in.
 */
export function checkMultipart({ headers }: FastifyRequest, { viewer }: Context): void {
  if (!headers['apollo-require-preflight'] && !headers['x-apollo-operation-name']) {
    throw bad('A multipart request needs the header `apollo-require-preflight: true`, so that no form can send it.');
  }
  if (viewer.kind !== 'account') throw codedError('UNAUTHENTICATED', 'Sign in to send files.');
}

/** Reads `operations`, `map` and one file, in this order, and puts the file where `map` says: the GraphQL request. */
export async function operationsOf(request: FastifyRequest, limits: Limits, receive: Receive): Promise<object> {
  try {
    return await readParts(request, limits, receive);
  } catch (error) {
    if (/^FST_(PARTS|FILES|FIELDS)_LIMIT$/.test((error as { code?: string }).code ?? '')) throw bad(oneFile);
    if (error instanceof GraphQLError || (error as { statusCode?: number }).statusCode) throw error;
    if (!(error instanceof Error) || !/multipart|boundary|unexpected end|malformed/i.test(error.message)) throw error;
    throw bad('The multipart body is cut off or malformed: send it again.');
  }
}

const oneFile = 'Send `operations`, `map` and one file; without a file, send JSON.';

async function readParts(request: FastifyRequest, limits: Limits, receive: Receive): Promise<object> {
  const parts = request.parts({
    limits: { fields: 2, files: 1, parts: 3, fieldSize: limits.bodyBytes, fileSize: limits.uploadBytes },
  });
  const fields = new Map<string, object>();
  let files = 0;
  for await (const part of parts) {
    if (part.type === 'field') {
      fields.set(part.fieldname, jsonOf(part, limits));
      continue;
    }
    const [operations, map] = [fields.get('operations'), fields.get('map')];
    if (!operations || !map) throw bad('Send `operations` and `map` before the file.');
    const paths = (map as Record<string, unknown>)[part.fieldname];
    if (!Array.isArray(paths) || paths.length === 0) throw bad('`map` must say where each file belongs.');
    const places = paths.map((path) => placeOf(operations, String(path)));
    const file = await receive(await bytesOf(part, limits));
    for (const put of places) put(file);
    files += 1;
  }
  const operations = fields.get('operations');
  if (!operations || files !== 1) throw bad(oneFile);
  return operations;
}

function jsonOf(part: Extract<Multipart, { type: 'field' }>, { bodyBytes }: Limits): object {
  if (part.valueTruncated) throw bad(`\`${part.fieldname}\` is longer than ${bodyBytes} bytes.`);
  const value = typeof part.value === 'string' ? parsed(part.value) : part.value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw bad(`\`${part.fieldname}\` must be an object in JSON.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

async function bytesOf(part: MultipartFile, { uploadBytes }: Limits): Promise<Buffer> {
  return part.toBuffer().catch((error: { code?: string }) => {
    if (error.code !== 'FST_REQ_FILE_TOO_LARGE') throw error;
    throw tooLong(uploadBytes);
  });
}

export const tooLong = (bytes: number) =>
  codedError('BAD_USER_INPUT', `The file is longer than ${bytes} bytes: send a smaller one.`);

/** Puts a file in the place of a `null` in the variables. */
function placeOf(operations: object, path: string): (file: ReceivedFile) => void {
  const keys = path.split('.');
  const last = keys.pop()!;
  let at: unknown = operations;
  for (const key of keys) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  if (keys[0] !== 'variables' || !isObject(at) || !Object.hasOwn(at, last) || at[last] !== null) {
    throw bad('`map` must name variables that are `null` in `operations`, such as `variables.input.file`.');
  }
  const place = at;
  return (file) => {
    place[last] = file;
  };
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const bad = (message: string) => codedError('BAD_USER_INPUT', message);
