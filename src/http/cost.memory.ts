import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { costOf } from './cost.js';

export type Costs = (
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
) => number;

const keptForEach = 100;

/**
 * Costs, kept beside documents that are kept: reckoning one takes as long as a database does. Of the variables only
 * numbers, switches and the lengths of lists count.
 */
export function rememberCosts(schema: GraphQLSchema): Costs {
  const known = new WeakMap<OperationDefinitionNode, Map<string, number>>();
  return (document, operation, variables) => {
    const costs = known.get(operation) ?? new Map<string, number>();
    known.set(operation, costs);
    const key = JSON.stringify(
      operation.variableDefinitions?.map(({ variable }) => sizeOf(variables[variable.name.value])),
    );
    const cost = costs.get(key) ?? costOf(schema, document, operation.name?.value, variables);
    if (costs.size >= keptForEach) costs.clear();
    costs.set(key, cost);
    return cost;
  };
}

function sizeOf(value: unknown): unknown {
  if (Array.isArray(value)) return [value.length];
  return typeof value === 'number' || typeof value === 'boolean' || value === null ? value : typeof value;
}
