import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../config.js';
import type { Context } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import { rememberCosts } from './cost.memory.js';

/** The longest list a variable may hold, anywhere in it. */
export const maxInputItems = 250;

/** Refuses operations that cost too much before they run, and tells with every answer what it cost. */
export function costPlugin(schema: GraphQLSchema, limits: Limits): ApolloServerPlugin<Context> {
  const costOf = rememberCosts(schema);
  return {
    async requestDidStart() {
      let requested: number | undefined;
      return {
        async didResolveOperation({ document, operation, request: { variables = {} } }) {
          checkLists(variables);
          if (!operation || !fits(schema, operation, variables)) return; // execution refuses it, with the reasons
          requested = costOf(document, operation, variables);
          if (requested > limits.cost) throw tooDear(requested, limits.cost);
        },
        async willSendResponse({ response: { body } }) {
          if (requested === undefined || body.kind !== 'single' || body.singleResult.data == null) return;
          const cost = { requested, limit: limits.cost };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

function fits(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, values: object): boolean {
  return !getVariableValues(schema, variableDefinitions, { ...values }, { maxErrors: 1 }).errors;
}

function tooDear(requested: number, limit: number) {
  return codedError(
    'COST_LIMIT',
    `The request costs ${requested}; at most ${limit} is answered. ` +
      'Each object it could give costs one: ask for shorter pages (`first`) or fewer lists inside lists.',
    { cost: { requested, limit }, http: { status: 400 } },
  );
}

function checkLists(variables: unknown): void {
  const length = longestList(variables);
  if (length <= maxInputItems) return;
  throw codedError(
    'BAD_USER_INPUT',
    `A list in the variables has ${length} values; at most ${maxInputItems} fit. Send them in several requests.`,
    { http: { status: 400 } },
  );
}

function longestList(value: unknown): number {
  const open = [value];
  let longest = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    if (Array.isArray(next)) longest = Math.max(longest, next.length);
    for (const inner of Object.values(next)) open.push(inner);
  }
  return longest;
}
