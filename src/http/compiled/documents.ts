import { createHash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getVariableValues,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type Program, programOf } from './program.js';

/** What a client asks: a document by its text or by its print, which of its operations, and with what. */
export interface Question {
  text: string | undefined;
  print: string | undefined;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** A query that can run the short way, with its variables as the schema takes them. */
export interface Ready {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  program: Program;
  variables: Record<string, unknown>;
}

interface Operation {
  node: OperationDefinitionNode;
  /** Variables that switch fields on and off. */
  switches: readonly string[];
  programs: Map<string, Program>;
}

interface Known {
  text: string;
  document: DocumentNode;
  fragments: Record<string, FragmentDefinitionNode>;
  operations: readonly Operation[];
}

const mostDocuments = 500;
const mostCharacters = 5_000_000;
/** With more combinations of switches than this a document is two documents. */
const mostPrograms = 16;

/** Documents that were found good, with the programs of their queries. The least used are forgotten first. */
export class Documents {
  private readonly byText: LRUCache<string, Known>;
  private readonly byPrint = new Map<string, Known>();

  constructor(private readonly schema: GraphQLSchema) {
    this.byText = new LRUCache({
      max: mostDocuments,
      maxSize: mostCharacters,
      sizeCalculation: (_, text) => text.length + 1,
      dispose: ({ text }) => void this.byPrint.delete(printOf(text)),
    });
  }

  /** Takes note of a document that was parsed, validated and let through. */
  learn(text: string, document: DocumentNode): void {
    if (this.byText.has(text)) return;
    const fragments: Known['fragments'] = {};
    const operations: Operation[] = [];
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
      else if (definition.kind === Kind.OPERATION_DEFINITION && definition.operation === OperationTypeNode.QUERY)
        operations.push({ node: definition, switches: switchesIn(document), programs: new Map() });
    }
    if (operations.length !== document.definitions.length - Object.keys(fragments).length) return; // queries only
    const known = { text, document, fragments, operations };
    this.byText.set(text, known);
    this.byPrint.set(printOf(text), known);
  }

  /** The query that is asked, when it is known and can run the short way; it may still be too dear. */
  ready({ text, print, operationName, variables: given }: Question): Ready | null {
    const known = text === undefined ? this.byPrint.get(print ?? '') : this.byText.get(text);
    if (!known) return null;
    const operation =
      operationName === undefined && known.operations.length === 1
        ? known.operations[0]
        : known.operations.find(({ node }) => node.name?.value === operationName);
    if (!operation) return null;
    const { node } = operation;
    const { coerced: variables } = getVariableValues(this.schema, node.variableDefinitions ?? [], given, {
      maxErrors: 1,
    });
    if (!variables) return null;
    const program = this.programFor(known, operation, variables);
    return program && { document: known.document, operation: node, program, variables };
  }

  private programFor(
    known: Known,
    { node, switches, programs }: Operation,
    variables: Ready['variables'],
  ): Program | null {
    const key = switches.map((name) => String(variables[name])).join();
    const written = programs.get(key);
    if (written || programs.size === mostPrograms) return written ?? null;
    const { schema } = this;
    const program = programOf({ schema, operation: node, fragments: known.fragments, variables });
    programs.set(key, program);
    return program;
  }
}

const printOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function switchesIn(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    [Kind.DIRECTIVE]: (directive) =>
      void visit(directive, { [Kind.VARIABLE]: (variable) => void names.add(variable.name.value) }),
  });
  return [...names];
}
