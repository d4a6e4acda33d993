import {
  getNamedType,
  type GraphQLField,
  type GraphQLSchema,
  isCompositeType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isNonNullType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';

/** Values for arguments, by their names or as `Type.field.name`: each makes a document of its own. */
export type ArgumentValues = Record<string, readonly unknown[]>;

export interface GeneratedDocument {
  /** The fields it follows, as `Type.field`. */
  edges: string[];
  document: string;
}

/** Every way down the schema from its root, so many fields deep, each as a document that asks for all leaves on its way. */
export function documentsOf(schema: GraphQLSchema, depth: number, values: ArgumentValues): GeneratedDocument[] {
  const documents: GeneratedDocument[] = [];
  const follow = (type: GraphQLNamedType, edges: string[], open: string, close: string, left: number): void => {
    if (edges.length > 0) documents.push({ edges, document: `${open} ${leavesOf(schema, type)} ${close}` });
    if (left === 0) return;
    for (const concrete of concreteTypes(schema, type)) {
      for (const field of Object.values(concrete.getFields())) {
        const next = getNamedType(field.type);
        if (!isCompositeType(next)) continue;
        for (const args of argumentsOf(`${concrete.name}.${field.name}`, field, values)) {
          const inside = type === concrete ? '{' : `{ ... on ${concrete.name} {`;
          follow(
            next,
            [...edges, `${concrete.name}.${field.name}`],
            `${open} ${inside} ${field.name}${args}`,
            `${type === concrete ? '}' : '} }'} ${close}`,
            left - 1,
          );
        }
      }
    }
  };
  follow(schema.getQueryType()!, [], '', '', depth);
  return documents;
}

function concreteTypes(schema: GraphQLSchema, type: GraphQLNamedType): readonly GraphQLObjectType[] {
  if (isInterfaceType(type) || isUnionType(type)) return schema.getPossibleTypes(type);
  return [type as GraphQLObjectType];
}

function leavesOf(schema: GraphQLSchema, type: GraphQLNamedType): string {
  const leaves = (of: GraphQLObjectType) =>
    Object.values(of.getFields()).flatMap((field) => {
      const required = field.args.some((arg) => isNonNullType(arg.type) && arg.defaultValue === undefined);
      return isLeafType(getNamedType(field.type)) && !required ? [`${of.name}_${field.name}: ${field.name}`] : [];
    });
  const parts = concreteTypes(schema, type).map((of) =>
    of === type ? leaves(of).join(' ') : `... on ${of.name} { ${leaves(of).join(' ')} }`,
  );
  return `{ __typename ${parts.join(' ')} }`;
}

/** Every combination is too many: each document changes one argument and leaves the others at their first value. */
function argumentsOf(of: string, field: GraphQLField<unknown, unknown>, all: ArgumentValues): string[] {
  const own = field.args.map(({ name }) => [name, all[`${of}.${name}`] ?? all[name]] as const);
  const values = Object.fromEntries(own) as Record<string, readonly unknown[] | undefined>;
  const given = field.args.filter((arg) => values[arg.name] && !isInputObjectType(getNamedType(arg.type)));
  if (given.length === 0) return [''];
  const sets = given.flatMap((arg) =>
    values[arg.name]!.map((value) =>
      given.map((other) => `${other.name}: ${JSON.stringify(other === arg ? value : values[other.name]![0])}`),
    ),
  );
  return [...new Set(sets.map((set) => `(${set.join(', ')})`))];
}
