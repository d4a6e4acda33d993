import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';

/** What an operation asks for once its fragments are written out. */
export interface DocumentSize {
  fields: number;
  depth: number;
  /** Fields under another name, and fields asked for again beside themselves. */
  aliases: number;
  directives: number;
  rootFields: number;
  /** How many the document defines. */
  fragments: number;
  operations: number;
}

/**
 * Measures each operation and fragment. A fragment is measured once, however often it is spread, so this takes time in
 * proportion to the text and not to what the text would grow to.
 */
export function documentSizes(document: DocumentNode): DocumentSize[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operations = document.definitions.length - fragments.size;
  const measured = new Map<string, DocumentSize>();

  const ofFragment = (name: string): DocumentSize => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, nothing); // for a fragment that spreads itself; validation refuses it
    const fragment = fragments.get(name);
    const size = fragment ? ofSelections(fragment.selectionSet) : nothing;
    measured.set(name, size);
    return size;
  };

  /** `names` are those seen beside it, with the type they are asked of: inline fragments stand in one another's way. */
  const ofSelections = (set: SelectionSetNode, on = '', names = new Set<string>()): DocumentSize => {
    const total = { ...nothing };
    for (const selection of set.selections) {
      total.directives += selection.directives?.length ?? 0;
      if (selection.kind === Kind.FIELD) {
        const name = `${on}.${(selection.alias ?? selection.name).value}`;
        if (selection.alias || names.has(name)) total.aliases += 1;
        names.add(name);
        const inside = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing;
        add(total, { ...inside, fields: inside.fields + 1, depth: inside.depth + 1, rootFields: 1 });
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        add(total, ofSelections(selection.selectionSet, selection.typeCondition?.name.value ?? on, names));
      } else {
        add(total, ofFragment(selection.name.value));
      }
    }
    return total;
  };

  return document.definitions.flatMap((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const size = ofSelections(definition.selectionSet);
      return {
        ...size,
        directives: size.directives + (definition.directives?.length ?? 0),
        fragments: fragments.size,
        operations,
      };
    }
    return definition.kind === Kind.FRAGMENT_DEFINITION ? { ...ofFragment(definition.name.value), rootFields: 0 } : [];
  });
}

const nothing: Readonly<DocumentSize> = {
  fields: 0,
  depth: 0,
  aliases: 0,
  directives: 0,
  rootFields: 0,
  fragments: 0,
  operations: 0,
};

function add(total: DocumentSize, more: DocumentSize): void {
  total.fields += more.fields;
  total.depth = Math.max(total.depth, more.depth);
  total.aliases += more.aliases;
  total.directives += more.directives;
  total.rootFields += more.rootFields;
}
