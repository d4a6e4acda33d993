import { badInput } from './errors.js';

/** An opaque id that says which type it belongs to: clients keep it and hand it back, nothing more. */
export function globalId(type: string, id: number): string {
  return Buffer.from(`${type}:${id}`).toString('base64url');
}

export interface NodeRef {
  type: string;
  id: number;
}

/** Reads an id that `globalId` made; anything else is bad input. */
export function parseGlobalId(id: string): NodeRef {
  const match = /^([A-Za-z]{1,40}):([1-9][0-9]{0,14})$/.exec(Buffer.from(id, 'base64url').toString('latin1'));
  const ref = match && { type: match[1]!, id: Number(match[2]) };
  if (!ref || globalId(ref.type, ref.id) !== id) throw badInput(`"${id.slice(0, 80)}" is not an id of ours.`);
  return ref;
}

/** Reads ids that must all be of one of some types. */
export function parseGlobalIds(ids: readonly string[], types: readonly string[]): number[] {
  return ids.map((id) => {
    const ref = parseGlobalId(id);
    if (!types.includes(ref.type)) {
      throw badInput(`"${id}" is the id of a ${ref.type}; expected ${types.join(' or ')}.`);
    }
    return ref.id;
  });
}

/** Reads the id of an input field, which must be of one of some types. */
export function idIn(field: string, id: string, ...types: string[]): number {
  try {
    return parseGlobalIds([id], types)[0]!;
  } catch (error) {
    throw badInput((error as Error).message, field);
  }
}
