import {
  type DocumentNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity';

/** How long a list is taken to be that cannot be told how long to be; none of these is read from the database. */
export const assumedLength = 10;

/** What is dearer than its objects: texts made from a whole body, and lists that are searched. */
const prices: Record<string, number> = {
  'Body.html': 10,
  'Body.text': 10,
  'Body.blocks': 10,
  'Seo.jsonLd': 10,
  'SyndicatedBody.html': 10,
  'SyndicatedBody.text': 10,
  'SyndicatedStory.ninjs': 10,
  'SyndicatedStory.newsml': 10,
  'SyndicatedStory.json': 10,
  'SyndicatedStory.html': 10,
  'Revision.changes': 10,
  'NewsroomArticle.compare': 10,
  'Newsroom.suggestions': 100,
  'Query.articles(filter)': 500,
  'Query.front(asOf)': 500,
  'Front.blocks': 50,
  'FrontRevisionBlock.stories': 5,
  'Storyline.mainEntities': 25,
  'Query.search': 500,
  'Query.search(filter)': 500,
  'Query.newsroomSearch': 500,
  'Query.newsroomSearch(filter)': 500,
  'SearchConnection.suggestion': 10, // what stands beside the edges is counted once for each of them
  'SearchConnection.entities': 5,
  'SearchEdge.highlight': 10,
  'SearchEdge.highlightRanges': 10,
};
const priceOfCompany = 25;
/** For each story that is to be brought in. */
const priceOfImport = 5;

/** What an operation costs with its variables, told before it runs. */
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
    maxQueryNodes: Infinity, // documents that are larger than they look were refused before
    ...(operationName && { operationName }),
  });
}

/**
 * The one rule behind all costs, read off the schema: one for each object that could come, lists at the length asked
 * for. Texts and numbers come with their object and cost nothing; reading a page of a list costs one, and so does
 * counting the list.
 */
function estimate({ type: parent, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  const type = getNamedType(field.type);
  const price = priceOf(parent.name, field.name, args);
  if (isLeafType(type)) return price || (isConnection(parent) && field.resolve ? 1 : 0);
  if (type.name.startsWith('__')) return 1 + childComplexity; // introspection reads nothing; its depth is limited
  if (isConnection(type)) return price + 1 + lengthOf(field, args) * childComplexity;
  if (isConnection(parent)) return field.name === 'nodes' ? 1 + childComplexity : childComplexity;
  return price + lengthOf(field, args) * (1 + childComplexity);
}

function priceOf(parent: string, field: string, args: Record<string, unknown>): number {
  if (field === 'mentionedWith') return priceOfCompany;
  if (field === 'importArticles') return priceOfImport * ((args.input as { items?: unknown[] }).items?.length ?? 0);
  const given = args.filter ? '(filter)' : args.asOf == null ? '' : '(asOf)';
  return prices[`${parent}.${field}${given}`] ?? 0;
}

function lengthOf({ type }: ComplexityEstimatorArgs['field'], args: Record<string, unknown>): number {
  const length = args.first ?? args.days;
  if (typeof length === 'number') return Math.max(length, 0);
  if (!isListType(getNullableType(type))) return 1;
  return Array.isArray(args.ids) ? args.ids.length : assumedLength;
}

function isConnection(type: GraphQLNamedType): boolean {
  return isObjectType(type) && 'edges' in type.getFields() && 'pageInfo' in type.getFields();
}
