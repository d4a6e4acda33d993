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
import { type Asked, type Program, programOf } from './program.js';
import { Detour } from './run.js';

/** What a client asks: a document by its text or by its print, which of its operations, and with what. */
export interface Question {
  text: string | undefined;
  print: string | undefined;
  operationName: string | undefined;
  variables: Record<string, unknown>;
}

/** A query of a document that is known, with its variables as the schema takes them. */
export interface Found {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
  /** Its program, written when it is first asked for; none for what is too long to write or cannot be written. */
  program: () => Program | null;
}

interface Operation {
  node: OperationDefinitionNode;
  /** Variables that switch fields on and off: with other values it is another program. */
  switches: readonly string[];
}

interface Known {
  id: number;
  text: string;
  document: DocumentNode;
  fragments: Record<string, FragmentDefinitionNode>;
  operations: readonly Operation[];
}

const mostDocuments = 500;
/** Of documents, and of the programs that are made of them. */
const mostCharacters = 5_000_000;

/** Documents that were found good, and the programs of their queries. The least used are forgotten first. */
export class Documents {
  private readonly byText: LRUCache<string, Known>;
  private readonly textByPrint = new Map<string, string>();
  private readonly programs = new LRUCache<string, Program | 'none'>({
    max: 4 * mostDocuments,
    maxSize: mostCharacters,
    sizeCalculation: (program) => (program === 'none' ? 1 : program.characters),
  });
  private learned = 0;

  constructor(private readonly schema: GraphQLSchema) {
    this.byText = new LRUCache({
      max: mostDocuments,
      maxSize: mostCharacters,
      sizeCalculation: (_, text) => text.length + 1,
      dispose: ({ text }) => void this.textByPrint.delete(printOf(text)),
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
        operations.push({ node: definition, switches: switchesIn(document) });
    }
    if (operations.length !== document.definitions.length - Object.keys(fragments).length) return; // queries only
    this.byText.set(text, { id: this.learned++, text, document, fragments, operations });
    this.textByPrint.set(printOf(text), text);
  }

  /** The query that is asked, when it is known; what it costs is still to be seen. */
  find({ text, print, operationName, variables: given }: Question): Found | null {
    const known = this.byText.get(text ?? this.textByPrint.get(print ?? '') ?? '');
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
    const program = () => this.programFor(known, operation, variables);
    return { document: known.document, operation: node, variables, program };
  }

  private programFor(known: Known, { node, switches }: Operation, variables: Found['variables']): Program | null {
    const key = [known.id, node.name?.value, ...switches.map((name) => String(variables[name]))].join();
    const written = this.programs.get(key) ?? this.write({ operation: node, fragments: known.fragments, variables });
    this.programs.set(key, written);
    return written === 'none' ? null : written;
  }

  private write(asked: Omit<Asked, 'schema'>): Program | 'none' {
    try {
      return programOf({ schema: this.schema, ...asked });
    } catch (error) {
      if (error instanceof Detour) return 'none';
      throw error;
    }
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
