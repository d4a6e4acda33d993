import { GraphQLScalarType } from 'graphql';
import { badInput } from '../kernel/errors.js';

/** An original that is kept, with nothing said about it yet. */
export interface KeptOriginal {
  file: string;
  width: number;
  height: number;
}

/** A file that came with a request: kept by now, or why it was not. Only the server makes one; JSON cannot. */
export class ReceivedFile {
  constructor(readonly outcome: KeptOriginal | { refused: string }) {}
}

const sentAs = 'Send the file with the GraphQL multipart request convention, or use createPictureUpload.';

export const Upload = new GraphQLScalarType<ReceivedFile, never>({
  name: 'Upload',
  description: 'A file, sent beside the request by the GraphQL multipart request convention.',
  specifiedByURL: 'https://github.com/jaydenseric/graphql-multipart-request-spec',
  parseValue: (value) => {
    if (value instanceof ReceivedFile) return value;
    throw badInput(sentAs);
  },
  parseLiteral: () => {
    throw badInput(sentAs);
  },
  serialize: () => {
    throw new Error('files are taken, not given');
  },
});
