import { type ASTVisitor, type DocumentNode, type GraphQLError, type ValidationContext } from 'graphql';
import type { Limits } from '../config.js';
import { codedError } from '../kernel/errors.js';
import { documentSizes, type DocumentSize } from './document.size.js';

export const maxDirectives = 50;
export const maxRootFields = 20;
export const maxFragments = 100;
export const maxOperations = 20;

/**
 * A validation rule that refuses documents over a limit before any other rule has looked into them: on the way it
 * hands the validator an empty document, because some rules take long over just those documents.
 */
export function documentLimits(limits: Limits): (context: ValidationContext) => ASTVisitor {
  const most: DocumentSize = {
    fields: limits.tokens, // with fragments no more than could be written without them
    depth: limits.depth,
    aliases: limits.aliases,
    directives: maxDirectives,
    rootFields: maxRootFields,
    fragments: maxFragments,
    operations: maxOperations,
  };
  return (context) => ({
    Document: {
      enter(document): DocumentNode | undefined {
        const excess = documentSizes(document).flatMap((size) => excessOf(size, most))[0];
        if (!excess) return undefined;
        context.reportError(excess);
        return { ...document, definitions: [] };
      },
    },
  });
}

const kinds = ['depth', 'rootFields', 'aliases', 'directives', 'fragments', 'operations', 'fields'] as const;

const words: Record<keyof DocumentSize, [says: string, remedy: string]> = {
  depth: ['levels of fields', 'Ask for what is deeper by its id, in another request.'],
  rootFields: ['fields at its root', 'Split it into several requests.'],
  aliases: ['aliased or repeated fields', 'Ask for lists, or `nodes(ids:)`, instead of one alias for each.'],
  directives: ['directives', 'Leave fields out of the document instead.'],
  fragments: ['fragments', 'Put fields that are asked for together into one.'],
  operations: ['operations', 'Send only the one that should run.'],
  fields: ['fields once its fragments are written out', 'Spread fragments less often, or split it.'],
};

function excessOf(size: DocumentSize, most: DocumentSize): GraphQLError[] {
  const kind = kinds.find((each) => size[each] > most[each]);
  if (!kind) return [];
  const [says, remedy] = words[kind];
  const found = Number.isSafeInteger(size[kind]) ? size[kind] : 'countless';
  const message = `The document has ${found} ${says}; at most ${most[kind]} are answered. ${remedy}`;
  return [codedError('DOCUMENT_LIMIT', message, { found, limit: most[kind] })];
}
