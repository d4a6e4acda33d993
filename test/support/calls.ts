import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

/** Values for arguments and input fields: by `Type.field`, by the field's name or by the type's name. */
export type CallValues = Record<string, unknown>;

export interface Call {
  document: string;
  variables: Record<string, unknown>;
}

export interface RootField {
  type: 'Query' | 'Newsroom' | 'Syndication' | 'Mutation' | 'Subscription';
  field: string;
}

/** Every field that the policy speaks of. */
export const rootFields = (schema: GraphQLSchema): RootField[] =>
  (['Query', 'Newsroom', 'Syndication', 'Mutation', 'Subscription'] as const).flatMap((type) =>
    Object.keys(fieldsOf(schema, type)).map((field) => ({ type, field })),
  );

/** The least that a field can be asked with: what is required, and what is named for this very field. */
export function callOf(schema: GraphQLSchema, { type, field }: RootField, values: CallValues): Call {
  const { args, type: answer } = fieldsOf(schema, type)[field]!;
  const given = args.filter((arg) => isRequiredArgument(arg) || `${field}.${arg.name}` in values);
  const named = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const declared = given.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const inside = isCompositeType(getNamedType(answer))
    ? /Result$/.test(getNamedType(answer).name)
      ? refusal
      : '{ __typename }'
    : '';
  const asked = `${field}${named && `(${named})`} ${inside}`;
  return {
    document: `${operationOf[type]}${declared && ` (${declared})`} { ${
      type === 'Newsroom' || type === 'Syndication' ? `${type.toLowerCase()} { ${asked} }` : asked
    } }`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, valueOf(field, arg, values)])),
  };
}

const operationOf = {
  Query: 'query',
  Newsroom: 'query',
  Syndication: 'query',
  Mutation: 'mutation',
  Subscription: 'subscription',
} as const;

const refusal = '{ __typename ... on UserError { message path } }';

/** The fields that the input of a mutation has. */
export function inputFieldsOf(schema: GraphQLSchema, mutation: string): string[] {
  const input = getNamedType(fieldsOf(schema, 'Mutation')[mutation]?.args[0]?.type);
  return isInputObjectType(input) ? Object.keys(input.getFields()) : [];
}

function fieldsOf(schema: GraphQLSchema, name: string) {
  const type = schema.getType(name);
  return isObjectType(type) ? type.getFields() : {};
}

function valueOf(of: string, { name, type }: GraphQLArgument | GraphQLInputField, values: CallValues): unknown {
  const known = [`${of}.${name}`, name, getNamedType(type).name].find((key) => key in values);
  if (known === undefined) return made(`${of}.${name}`, type, values);
  const value = values[known];
  return isListType(isNonNullType(type) ? type.ofType : type) && !Array.isArray(value) ? [value] : value;
}

function made(where: string, type: GraphQLInputType, values: CallValues): unknown {
  if (isNonNullType(type)) return made(where, type.ofType, values);
  if (isListType(type)) return [made(where, type.ofType, values)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    const given = type.isOneOf
      ? fields.slice(0, 1)
      : fields.filter((field) => isRequiredInputField(field) || `${type.name}.${field.name}` in values);
    return Object.fromEntries(given.map((field) => [field.name, valueOf(type.name, field, values)]));
  }
  if (type.name === 'String') return 'Something';
  if (type.name === 'Int' || type.name === 'Float') return 1;
  if (type.name === 'Boolean') return true;
  throw new Error(
    `Nobody has said what to put into ${where}, which is a ${type.name}: add it to the values of the test.`,
  );
}
