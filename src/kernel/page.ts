import { createHash } from 'node:crypto';
import { Arg, ArgsType, type ClassType, Field, FieldResolver, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { badInput } from './errors.js';

/** The longest page any list gives. */
export const maxFirst = 100;

@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: `How many, at most ${maxFirst}.` })
  first: number;

  @Field(() => String, { nullable: true, description: 'Start after this cursor, as an earlier page gave it.' })
  after?: string | null;
}

/** The `first` of a list that is short by its nature and comes whole: no cursor, a default and a cap of its own. */
export const FirstArg = (usual: number, most: number) =>
  Arg('first', () => Int, { defaultValue: usual, description: `How many, at most ${most}.` });

@ObjectType({ simpleResolvers: true, description: 'Where a page of a list stands in the whole.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there are more after this page.' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether there are some before this page.' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true })
  startCursor?: string | null;

  @Field(() => String, { nullable: true, description: 'Hand this to `after` for the next page.' })
  endCursor?: string | null;
}

/** What a list query gives: one page, and a way to count the whole, used only when asked for. */
export interface Connection<Edge extends { cursor: string }> {
  edges: Edge[];
  pageInfo: PageInfo;
  count: () => Promise<number>;
}

/** The keyset of a row, in the list's order. */
export type Keyset = readonly (string | number)[];

/**
 * How the cursors of a list are made: each holds the keyset of its row and a print of the list's order and filter, so
 * that a cursor of another list is refused.
 */
export function cursorsOf(list: string): (keyset: Keyset) => string {
  const made = print(list);
  return (keyset) => Buffer.from(JSON.stringify([made, ...keyset])).toString('base64url');
}

/** Reads a cursor of this very list; anything else is bad input. */
export function parseCursor<K extends Keyset>(
  list: string,
  cursor: string,
  shape: readonly ('string' | 'number')[],
): K {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    parts = undefined;
  }
  if (!Array.isArray(parts) || parts.length !== shape.length + 1) throw badInput('`after` is not a cursor of ours.');
  const [made, ...keyset] = parts as unknown[];
  if (made !== print(list)) {
    throw badInput('`after` comes from a list with another order or filter: start without it, or ask as before.');
  }
  if (
    !keyset.every((part, i) => typeof part === shape[i] && (typeof part !== 'number' || Number.isSafeInteger(part)))
  ) {
    throw badInput('`after` is not a cursor of ours.');
  }
  return keyset as unknown as K;
}

const print = (list: string): string => createHash('sha256').update(list).digest('base64url').slice(0, 8);

/** Checks the length asked for; a page longer than the cap is refused, not shortened. */
export function checkFirst(first: number, cap = maxFirst): number {
  if (first < 0 || first > cap) throw badInput(`\`first\` is from 0 to ${cap}, not ${first}.`);
  return first;
}

/** Makes a page of one row more than was asked for: the extra row only tells that there is a next page. */
export function pageOf<Row, Edge extends { cursor: string }>(
  rows: readonly Row[],
  page: PageArgs,
  toEdge: (row: Row) => Edge,
  count: () => Promise<number>,
): Connection<Edge> {
  const edges = rows.slice(0, page.first).map(toEdge);
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > page.first,
      hasPreviousPage: page.after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    count,
  };
}

/** The GraphQL types of a list: an edge, a connection of it, and the resolver that counts only when asked, and no further than `mostCounted`. */
export function connectionTypes(nodeType: ClassType, name: string, what: string, mostCounted?: number) {
  @ObjectType(`${name}Edge`, { simpleResolvers: true, description: `One of ${what}, with its place in the list.` })
  class Edge {
    @Field(() => String, { description: 'Hand this to `after` to start behind this one.' })
    cursor: string;

    @Field(() => nodeType)
    node: unknown;
  }
  return { Edge, ...connectionOver(Edge, nodeType, name, what, mostCounted) };
}

/** As `connectionTypes`, over an edge type of your own, which has a `cursor` and a `node`. */
export function connectionOver(
  edgeType: ClassType,
  nodeType: abstract new () => object,
  name: string,
  what: string,
  mostCounted?: number,
) {
  const upTo = mostCounted === undefined ? '' : `, as far as ${mostCounted}: that many stands for as many or more`;
  @ObjectType(`${name}Connection`, { simpleResolvers: true, description: `A page of ${what}.` })
  class ConnectionType {
    @Field(() => [edgeType])
    edges: unknown[];

    @Field(() => PageInfo)
    pageInfo: PageInfo;
  }

  @Resolver(() => ConnectionType)
  class ConnectionResolver {
    @FieldResolver(() => [nodeType], { description: 'The same as `edges { node }`.' })
    nodes(@Root() connection: Connection<{ cursor: string; node: unknown }>): unknown[] {
      return connection.edges.map((edge) => edge.node);
    }

    @FieldResolver(() => Int, { description: `How many there are in all${upTo}; counted only when asked for.` })
    totalCount(@Root() connection: Connection<{ cursor: string; node: unknown }>): Promise<number> {
      return connection.count();
    }
  }
  return { Connection: ConnectionType, ConnectionResolver };
}
