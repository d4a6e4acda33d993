import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { codedError } from '../kernel/errors.js';

export interface DocumentLimits {
  depth: number;
  aliases: number;
}

interface Extent {
  depth: number;
  aliases: number;
  rootFields: number;
  directives: number;
}

const mostRootFields = 20;
const mostDirectives = 50;

/**
 * Refuses documents that are too deep, or have too many aliases, root fields or directives. Each fragment is measured
 * once, so that spreading it many times costs nothing to find out.
 */
export function documentLimits(limits: DocumentLimits): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    Document(document) {
      const measure = measurer((name) => context.getFragment(name));
      for (const definition of document.definitions) {
        if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
        const extent = measure(definition.selectionSet);
        const excess = excessOf(extent, limits);
        if (excess) context.reportError(excess);
      }
      return false;
    },
  });
}

function excessOf(extent: Extent, limits: DocumentLimits): GraphQLError | undefined {
  const checks: [number, number, string][] = [
    [extent.depth, limits.depth, 'levels deep'],
    [extent.aliases, limits.aliases, 'aliases'],
    [extent.rootFields, mostRootFields, 'root fields'],
    [extent.directives, mostDirectives, 'directives'],
  ];
  for (const [found, limit, what] of checks) {
    if (found > limit) {
      const message = `The document has ${found} ${what}; at most ${limit} are taken. Ask in several requests.`;
      return codedError('DOCUMENT_LIMIT', message, { found, limit });
    }
  }
  return undefined;
}

function measurer(fragmentOf: (name: string) => FragmentDefinitionNode | null | undefined) {
  const known = new Map<string, Extent>();

  const ofFragment = (name: string): Extent => {
    const found = known.get(name);
    if (found) return found;
    known.set(name, nothing);
    const fragment = fragmentOf(name);
    const extent = fragment ? measure(fragment.selectionSet) : nothing;
    known.set(name, extent);
    return extent;
  };

  const measure = (set: SelectionSetNode): Extent => {
    const extent = { ...nothing };
    for (const selection of set.selections) {
      const isField = selection.kind === Kind.FIELD;
      const inside =
        selection.kind === Kind.FRAGMENT_SPREAD
          ? ofFragment(selection.name.value)
          : selection.selectionSet
            ? measure(selection.selectionSet)
            : nothing;
      extent.depth = Math.max(extent.depth, inside.depth + (isField ? 1 : 0));
      extent.aliases += inside.aliases + (isField && selection.alias ? 1 : 0);
      extent.directives += inside.directives + (selection.directives?.length ?? 0);
      extent.rootFields += isField ? 1 : inside.rootFields;
    }
    return extent;
  };
  return measure;
}

const nothing: Extent = { depth: 0, aliases: 0, rootFields: 0, directives: 0 };
