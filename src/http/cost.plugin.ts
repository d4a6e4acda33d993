import type { ApolloServerPlugin } from '@apollo/server';
import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Limits } from '../config.js';
import type { Context, QuotaLeft } from '../kernel/context.js';
import { codedError } from '../kernel/errors.js';
import type { Costs } from './cost.memory.js';

/** The longest list or widest object a variable may hold, anywhere in it, and the most values in all. */
export const maxInputItems = 250;
const maxInputValues = 5_000;

/** Refuses operations that cost too much before they run, and tells with every answer what it cost. */
export function costPlugin(schema: GraphQLSchema, costOf: Costs, limits: Limits): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      let requested: number | undefined;
      let quota: QuotaLeft | undefined;
      return {
        async didResolveOperation({ document, operation, request: { variables = {} }, contextValue: { meter } }) {
          checkSizes(variables);
          if (!operation || !fits(schema, operation, variables)) return; // execution refuses it, with the reasons
          requested = reckoned(() => costOf(document, operation, variables));
          if (requested > limits.cost) throw tooDear(requested, limits.cost);
          quota = await meter?.charge(requested);
        },
        async willSendResponse({ response: { body } }) {
          if (requested === undefined || body.kind !== 'single' || body.singleResult.data == null) return;
          const cost = { requested, limit: limits.cost, ...(quota && { quota }) };
          body.singleResult.extensions = { ...body.singleResult.extensions, cost };
        },
      };
    },
  };
}

function fits(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode, values: object): boolean {
  return !getVariableValues(schema, variableDefinitions, { ...values }, { maxErrors: 1 }).errors;
}

/** A cost that cannot be told, as an argument is not what it has to be, is the client's mistake. */
function reckoned(cost: () => number): number {
  try {
    return cost();
  } catch (error) {
    throw codedError('BAD_USER_INPUT', (error as Error).message, { http: { status: 400 } });
  }
}

function tooDear(requested: number, limit: number) {
  return codedError(
    'COST_LIMIT',
    `The request costs ${requested}; at most ${limit} is answered. ` +
      'Each object it could give costs one: ask for shorter pages (`first`) or fewer lists inside lists.',
    { cost: { requested, limit }, http: { status: 400 } },
  );
}

/** Whether variables are no longer and no wider than is taken. */
export const fitsSizes = (variables: unknown): boolean => tooMuchIn(variables) === undefined;

function checkSizes(variables: unknown): void {
  const tooMuch = tooMuchIn(variables);
  if (!tooMuch) return;
  throw codedError('BAD_USER_INPUT', `${tooMuch} Send them in several requests.`, { http: { status: 400 } });
}

/** What is too much about variables, found before the values of what is too wide are looked at. */
function tooMuchIn(variables: unknown): string | undefined {
  const open = [variables];
  let values = 0;
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { length } = Array.isArray(next) ? next : Object.keys(next);
    if (length > maxInputItems) {
      return `A list or an object in the variables has ${length} values; at most ${maxInputItems} fit.`;
    }
    values += length;
    if (values > maxInputValues) return `The variables have more than the ${maxInputValues} values that fit.`;
    for (const each of Object.values(next)) open.push(each);
  }
  return undefined;
}
