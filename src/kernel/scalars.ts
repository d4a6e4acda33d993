import { GraphQLScalarType, Kind } from 'graphql';
import { badInput } from './errors.js';

/** A moment, kept as milliseconds since 1970 UTC, spoken as ISO 8601 in UTC. */
export const DateTime = new GraphQLScalarType<number, string>({
  name: 'DateTime',
  description: 'A moment, as ISO 8601 in UTC with milliseconds: `2024-06-03T17:40:00.000Z`. Any offset is accepted.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/date-time.html',
  serialize: (value) => new Date(value as number).toISOString(),
  parseValue: (value) => parseInstant(value),
  parseLiteral: (node) => parseInstant(node.kind === Kind.STRING ? node.value : undefined),
});

/** A calendar day, without a time or a zone: kept and spoken as `YYYY-MM-DD`. */
export const Day = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A calendar day, `YYYY-MM-DD`, without a time or a zone.',
  specifiedByURL: 'https://scalars.graphql.org/andimarek/local-date.html',
  serialize: (value) => String(value),
  parseValue: (value) => parseDay(value),
  parseLiteral: (node) => parseDay(node.kind === Kind.STRING ? node.value : undefined),
});

/** A document in JSON, given as it is. */
export const JsonDocument = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: 'A document in JSON, given as it is: what is in it is not part of this schema.',
});

const instant = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

/** Milliseconds since 1970 UTC of an ISO 8601 moment with a zone; anything else is bad input. */
export function parseInstant(value: unknown): number {
  const ms = typeof value === 'string' && instant.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(ms) || !isDay((value as string).slice(0, 10))) {
    throw badInput('A DateTime is written like 2024-06-03T17:40:00Z, with a zone.');
  }
  return ms;
}

export function parseDay(value: unknown): string {
  if (typeof value !== 'string' || !isDay(value)) throw badInput('A Date is a real day, written like 2024-06-03.');
  return value;
}

function isDay(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(value)) return false;
  const ms = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(value);
}

/** The day, in UTC, that a moment falls on. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
