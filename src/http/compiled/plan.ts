import {
  getArgumentValues,
  getNamedType,
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  visit,
  Kind,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { Context } from '../../kernel/context.js';
import { Detour, type Run } from './run.js';

/** What is asked of one type of object, field by field in the order of the answer. */
export interface Plan {
  readonly typeName: string;
  readonly fields: readonly FieldPlan[];
}

type Arguments = Record<string, unknown>;

export interface FieldPlan {
  readonly key: string;
  /** Calls the field's resolver; absent where the value is a property of the object. */
  readonly resolve: ((source: unknown, variables: Arguments, ctx: Context) => unknown) | undefined;
  readonly property: string;
  /** Makes what the answer shows of a value. */
  readonly complete: Complete;
}

export type Complete = (run: Run, value: unknown) => unknown;

/** The document an operation stands in, with the values that its directives and arguments are read with. */
export interface Asked {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Arguments;
}

/** Plans an operation once, for all requests whose variables switch the same fields on; what it cannot plan throws. */
export function planOf(asked: Asked): Plan {
  const { schema, operation, fragments, variables } = asked;
  const type = schema.getRootType(operation.operation)!;
  return objectPlan(asked, type, collectFields(schema, fragments, variables, type, operation.selectionSet));
}

function objectPlan(asked: Asked, type: GraphQLObjectType, fields: Map<string, readonly FieldNode[]>): Plan {
  if (type.isTypeOf) throw new Detour(`${type.name} looks at its values`);
  return { typeName: type.name, fields: [...fields].map(([key, nodes]) => fieldPlan(asked, type, key, nodes)) };
}

function fieldPlan(asked: Asked, parent: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldPlan {
  const node = nodes[0]!;
  const name = node.name.value;
  if (name === '__typename') {
    return { key, property: '', resolve: () => parent.name, complete: (_, value) => value };
  }
  const field = parent.getFields()[name];
  if (!field) throw new Detour(`${name} is not of ours`);
  return {
    key,
    property: name,
    resolve: resolverOf(asked, parent, field, nodes),
    complete: completeOf(asked, field.type, nodes),
  };
}

function resolverOf(
  asked: Asked,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
): FieldPlan['resolve'] {
  const { resolve } = field;
  if (!resolve) return undefined;
  const node = nodes[0]!;
  const info = infoOf(asked, parentType, field, nodes);
  if (readsVariables(node)) {
    return (source, variables, ctx) => resolve(source, getArgumentValues(field, node, variables), ctx, info);
  }
  const args = getArgumentValues(field, node);
  return (source, _, ctx) => resolve(source, args, ctx, info);
}

/** What resolvers may look ahead with. What is of one request alone is not here: who wants it takes the long way. */
function infoOf(
  { schema, operation, fragments }: Asked,
  parentType: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  fieldNodes: readonly FieldNode[],
): GraphQLResolveInfo {
  const info = { fieldName: field.name, fieldNodes, returnType: field.type, parentType, schema, fragments, operation };
  for (const missing of ['path', 'rootValue', 'variableValues']) {
    Object.defineProperty(info, missing, {
      get: () => {
        throw new Detour(`info.${missing} is asked for`);
      },
    });
  }
  return info as unknown as GraphQLResolveInfo;
}

function readsVariables(node: FieldNode): boolean {
  let found = false;
  for (const { value } of node.arguments ?? []) visit(value, { [Kind.VARIABLE]: () => void (found = true) });
  return found;
}

function completeOf(asked: Asked, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  if (isNonNullType(type)) {
    const complete = present(asked, type.ofType, nodes);
    return (run, value) => {
      if (value === null || value === undefined) throw new Detour('a value is missing');
      return complete(run, value);
    };
  }
  const complete = present(asked, type, nodes);
  return (run, value) => (value === null || value === undefined ? null : complete(run, value));
}

/** Completes a value that is there. */
function present(asked: Asked, type: GraphQLOutputType, nodes: readonly FieldNode[]): Complete {
  if (isListType(type)) {
    const complete = completeOf(asked, type.ofType as GraphQLOutputType, nodes);
    return (run, value) => {
      if (!Array.isArray(value)) throw new Detour('a list is none');
      return value.map((item: unknown) => complete(run, item));
    };
  }
  const named = getNamedType(type);
  if (isLeafType(named)) return leaf(named);
  const { schema, fragments, variables } = asked;
  const plan = (of: GraphQLObjectType): Plan =>
    objectPlan(asked, of, collectSubfields(schema, fragments, variables, of, nodes));
  if (!isAbstractType(named)) {
    const only = plan(named as GraphQLObjectType);
    return (run, value) => run.object(only, value);
  }
  const plans = new Map(schema.getPossibleTypes(named).map((each) => [each.name, plan(each)]));
  return (run, value) => {
    const found = plans.get((value as { __typename: string }).__typename);
    if (!found) throw new Detour('a value does not say what it is');
    return run.object(found, value);
  };
}

/** What most values of a type look like, which are shown as they are. */
const plain: Record<string, (value: unknown) => boolean> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
};

function leaf(type: GraphQLLeafType): Complete {
  const isPlain = plain[type.name];
  return (_, value) => {
    if (isPlain?.(value)) return value;
    const shown: unknown = value instanceof Promise ? undefined : type.serialize(value);
    if (shown === null || shown === undefined) throw new Detour(`${type.name} does not show a value`);
    return shown;
  };
}
