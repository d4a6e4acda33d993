import {
  getArgumentValues,
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
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { Context } from '../../kernel/context.js';
import { Detour, Run } from './run.js';

/** Gives the data of an answer; rejects with what went wrong, which is a `Detour` where only the way was wrong. */
export interface Program {
  run: (ctx: Context, variables: Values) => Promise<object>;
  /** How long it is written. */
  characters: number;
}

type Values = Record<string, unknown>;

/** The document an operation stands in, with the values that its directives are read with. */
export interface Asked {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Values;
}

/**
 * Writes an operation as a program of JavaScript, for all requests whose variables switch the same fields on: a function
 * for each set of fields, which makes its object in one go, and one for each type. What it cannot write throws a `Detour`.
 */
export function programOf(asked: Asked): Program {
  const { schema, operation, fragments, variables } = asked;
  const type = schema.getRootType(operation.operation)!;
  const writer = new Writer(asked);
  const root = writer.object(type, collectFields(schema, fragments, variables, type, operation.selectionSet));
  const text = `"use strict";\n${isPromise}\n${writer.text}\nreturn ${root};`;
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- names in it are GraphQL's, all else is in `values`
  const make = new Function('values', 'Detour', text) as (...given: unknown[]) => (run: Run, source: unknown) => object;
  const answer = make(writer.values, Detour);
  return { run: (ctx, given) => Run.of(answer, ctx, given), characters: text.length };
}

const isPromise = 'const isPromise = (v) => typeof v === "object" && v !== null && typeof v.then === "function";';

/** How many fields a program has at most, each type of an interface or union counted: an article page has some 300. */
const mostFields = 1_500;

class Writer {
  text = '';
  readonly values: unknown[] = [];
  private names = 0;
  private fields = 0;

  constructor(private readonly asked: Asked) {}

  /** The name of a function that makes the object of a source. */
  object(type: GraphQLObjectType, fields: Map<string, readonly FieldNode[]>): string {
    if (type.isTypeOf) throw new Detour(`${type.name} looks at its values`);
    const lines: string[] = [];
    this.fields += fields.size;
    if (this.fields > mostFields) throw new Detour('there is more to write than it is worth');
    const properties = [...fields].map(([key, nodes], i) => {
      if (key === '__proto__') throw new Detour('a name that objects have already');
      const name = nodes[0]!.name.value;
      if (name === '__typename') return `${key}: ${JSON.stringify(type.name)}`;
      const field = type.getFields()[name];
      if (!field) throw new Detour(`${name} is not of ours`);
      const complete = this.complete(field.type, nodes);
      lines.push(`let v${i} = ${this.call(type, field, nodes)};`);
      const put = `(v) => { object.${key} = ${complete}(run, v); }`;
      lines.push(
        `if (isPromise(v${i})) { run.wait(v${i}, ${put}); v${i} = undefined; } else v${i} = ${complete}(run, v${i});`,
      );
      return `${key}: v${i}`;
    });
    return this.write(
      `(run, source) {\n${lines.join('\n')}\nconst object = { ${properties.join(', ')} };\nreturn object;\n}`,
    );
  }

  /** What gives a field's value: its resolver, or the property of its name. */
  private call(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): string {
    const { resolve } = field;
    if (!resolve) return `source.${field.name}`;
    const node = nodes[0]!;
    const args = readsVariables(node)
      ? `${this.value((variables: Values) => getArgumentValues(field, node, variables))}(run.variables)`
      : this.value(getArgumentValues(field, node));
    return `${this.value(resolve)}(source, ${args}, run.ctx, ${this.value(infoOf(this.asked, type, field, nodes))})`;
  }

  /** The name of a function that makes what the answer shows of a value. */
  private complete(type: GraphQLOutputType, nodes: readonly FieldNode[]): string {
    const isRequired = isNonNullType(type);
    const none = isRequired ? 'throw new Detour("a value is missing")' : 'return null';
    const show = this.present(isRequired ? type.ofType : type, nodes);
    return this.write(`(run, v) {\nif (v === null || v === undefined) ${none};\n${show}\n}`);
  }

  /** Statements that return what is shown of a value `v` that is there. */
  private present(type: Exclude<GraphQLOutputType, { ofType: never }>, nodes: readonly FieldNode[]): string {
    if (isListType(type)) {
      const item = this.complete(type.ofType as GraphQLOutputType, nodes);
      return `if (!Array.isArray(v)) throw new Detour("a list is none");
        const items = [];
        for (let i = 0; i < v.length; i++) items.push(${item}(run, v[i]));
        return items;`;
    }
    if (isLeafType(type)) {
      const serialize = this.value(serializerOf(type));
      return plain[type.name] ? `return ${plain[type.name]} ? v : ${serialize}(v);` : `return ${serialize}(v);`;
    }
    const { schema, fragments, variables } = this.asked;
    const object = (of: GraphQLObjectType) =>
      this.object(of, collectSubfields(schema, fragments, variables, of, nodes));
    if (!isAbstractType(type)) return `return ${object(type as GraphQLObjectType)}(run, v);`;
    const cases = schema.getPossibleTypes(type).map((of) => `case "${of.name}": return ${object(of)}(run, v);`);
    return `switch (v.__typename) {\n${cases.join('\n')}\n}\nthrow new Detour("a value does not say what it is");`;
  }

  /** Writes a function down; gives its name. */
  private write(rest: string): string {
    const name = `f${this.names++}`;
    this.text += `function ${name}${rest}\n`;
    return name;
  }

  /** Puts a value aside for the program; gives its name there. */
  private value(value: unknown): string {
    const name = `x${this.values.push(value) - 1}`;
    this.text += `const ${name} = values[${this.values.length - 1}];\n`;
    return name;
  }
}

/** What most values of a type look like, which are shown as they are. */
const plain: Record<string, string> = {
  String: 'typeof v === "string"',
  ID: 'typeof v === "string"',
  Boolean: 'typeof v === "boolean"',
  Int: '(v | 0) === v',
};

function serializerOf(type: GraphQLLeafType): (value: unknown) => unknown {
  return (value) => {
    const shown: unknown = type.serialize(value);
    if (shown === null || shown === undefined) throw new Detour(`${type.name} does not show a value`);
    return shown;
  };
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
