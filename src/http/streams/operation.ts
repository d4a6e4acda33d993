import {
  createSourceEventStream,
  type DocumentNode,
  execute,
  type ExecutionResult,
  type FormattedExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  OperationTypeNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { Limits } from '../../config.js';
import type { Context } from '../../kernel/context.js';
import { codedError } from '../../kernel/errors.js';
import { isPaid } from '../../kernel/meter.js';
import type { ChangeEdge } from '../../syndication/feed/change.queries.js';
import { fitsSizes } from '../cost.plugin.js';
import type { Costs } from '../cost.memory.js';
import { documentLimits } from '../document.limits.js';

export interface StreamParts {
  schema: GraphQLSchema;
  costs: Costs;
  limits: Limits;
  /** Shows the errors that we planned and masks all others. */
  formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
}

/** What a client asks for: a document, as it came. */
export interface Asked {
  query?: unknown;
  variables?: unknown;
  operationName?: unknown;
}

export interface Operation {
  document: DocumentNode;
  variables: Record<string, unknown>;
  operationName: string | null;
  /** What opening it costs, and each event. */
  cost: number;
}

/** Looks whether what is asked for is a subscription within our limits; throws a GraphQLError that says what is wrong. */
export function operationOf(asked: Asked, { schema, costs, limits }: StreamParts): Operation {
  const { query, variables = {}, operationName = null } = asked;
  if (typeof query !== 'string') throw codedError('BAD_USER_INPUT', 'Send `query`, a subscription.');
  if (typeof variables !== 'object' || Array.isArray(variables) || !fitsSizes(variables)) {
    throw codedError('BAD_USER_INPUT', '`variables` is an object, with at most 250 values in any list.');
  }
  const document = parsed(query, limits);
  const [invalid] = validate(schema, document, [documentLimits(limits), ...specifiedRules], { maxErrors: 1 });
  if (invalid) throw coded(invalid, 'GRAPHQL_VALIDATION_FAILED');
  const operation = getOperationAST(document, typeof operationName === 'string' ? operationName : null);
  if (operation?.operation !== OperationTypeNode.SUBSCRIPTION) {
    throw codedError('BAD_USER_INPUT', 'Only subscriptions are answered here: send all else to `/graphql` by POST.');
  }
  const values = (variables ?? {}) as Record<string, unknown>;
  const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], values, { maxErrors: 1 });
  if (errors?.[0]) throw errors[0];
  const cost = costs(document, operation, values);
  if (cost > limits.cost)
    throw codedError('COST_LIMIT', `Each event costs ${cost}; at most ${limits.cost} is answered.`);
  return { document, variables: values, operationName: operation.name?.value ?? null, cost };
}

function parsed(query: string, { tokens }: Limits): DocumentNode {
  try {
    return parse(query, { maxTokens: tokens });
  } catch (error) {
    throw coded(error as GraphQLError, 'GRAPHQL_PARSE_FAILED');
  }
}

/** An error of the library, with the code that it has over HTTP. */
const coded = (error: GraphQLError, code: string): GraphQLError =>
  error.extensions.code === undefined ? new GraphQLError(error.message, { extensions: { code } }) : error;

/**
 * Begins a subscription. Each event is answered as a request of its own: with loaders that have read nothing yet, what is
 * so then, and at its cost. The errors are as they are shown.
 */
export async function begin(
  operation: Operation,
  ctx: Context,
  parts: StreamParts,
): Promise<AsyncIterableIterator<FormattedExecutionResult>> {
  const { schema } = parts;
  const { document, variables: variableValues, operationName, cost } = operation;
  const args = { schema, document, variableValues, operationName };
  await ctx.meter?.charge(cost);
  const source = await createSourceEventStream({ ...args, contextValue: ctx });
  if (!(Symbol.asyncIterator in source)) throw source.errors![0]!;
  const events = source[Symbol.asyncIterator]();
  const ending = new AbortController();
  const over = { done: true as const, value: undefined };
  const answer = async (event: unknown): Promise<IteratorResult<FormattedExecutionResult, undefined>> => {
    const meter = ctx.meter?.forEvent() ?? null;
    if (meter && !isToTakeDown(event) && !(await isPaid(meter, cost, ending.signal))) return over;
    await ctx.freshness?.now();
    const fresh: Context = { ...ctx, meter, loaders: new Map(), felt: { until: -Infinity } };
    const result = await execute({ ...args, rootValue: event, contextValue: fresh });
    return { done: false, value: formatted(result, parts) };
  };
  const iterator: AsyncIterableIterator<FormattedExecutionResult> = {
    next: async () => {
      const next = await events.next();
      return next.done ? over : answer(next.value);
    },
    return: async () => {
      ending.abort();
      await events.return?.();
      return over;
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** Whether an event of a partner's feed says that a story may not be shown any more: that waits for no quota. */
const isToTakeDown = (event: unknown): boolean => (event as Partial<ChangeEdge>).node?.action === 'REMOVE';

const formatted = ({ data, errors }: ExecutionResult, parts: StreamParts): FormattedExecutionResult => ({
  ...(data !== undefined && { data }),
  ...(errors && { errors: errors.map((error) => shown(error, parts)) }),
});

/** An error as a client is shown it. */
export const shown = (error: unknown, { formatError }: StreamParts): GraphQLFormattedError =>
  formatError(error instanceof GraphQLError ? error.toJSON() : { message: '' }, error);
