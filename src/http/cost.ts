import {
  type DocumentNode,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  isNonNullType,
  getNamedType,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';

/** How long a list without a length of its own is taken to be. */
const assumedLength = 10;

/** Leaves that are made from more than what was read already. */
const dearLeaves = new Set(['html', 'text', 'jsonLd', 'totalCount']);

/**
 * What a field costs: one for each thing that may have to be read, times the length of the list it stands in; leaves
 * are free, but for those that are made or counted.
 */
function estimate({ field, args, childComplexity, type }: ComplexityEstimatorArgs): number {
  const named = getNamedType(field.type);
  if (type.name.startsWith('__') || named.name.startsWith('__')) return 1 + childComplexity;
  if (!isCompositeType(named)) return dearLeaves.has(field.name) ? 1 : 0;
  return 1 + childComplexity * lengthOf(field, args, type.name);
}

function lengthOf(field: ComplexityEstimatorArgs['field'], args: Record<string, unknown>, parent: string): number {
  if (typeof args.first === 'number') return Math.max(0, args.first);
  if (Array.isArray(args.ids)) return args.ids.length;
  if (parent.endsWith('Connection')) return 1;
  const type = isNonNullType(field.type) ? field.type.ofType : field.type;
  return isListType(type) ? assumedLength : 1;
}

/** The cost of one operation with its variables, before anything is read. */
export function costOf(
  schema: GraphQLSchema,
  query: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): number {
  return getComplexity({
    schema,
    query,
    variables,
    estimators: [estimate],
    ...(operationName === undefined ? {} : { operationName }),
  });
}
