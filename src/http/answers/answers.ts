import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { GraphQLError } from 'graphql';
import type { Freshness } from '../../kernel/freshness.js';
import { everyAnswer, Trace } from '../../kernel/tags.js';
import type { Encoded } from './encoding.js';
import type { SharedAnswers } from './shared.answers.js';

/** What a request was answered with. */
export interface Made {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** What is the same for all processes of an answer that is kept. */
export interface WholeAnswer {
  /** The headers that every request for it gets, apart from those that depend on the moment. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  etag: string;
  tags: readonly string[];
}

/** An answer that is kept: it is given again as long as nothing that it is made of was touched. */
export interface KnownAnswer extends WholeAnswer {
  /** Its tags as proxies read them: Fastly and Varnish, and Cloudflare; nothing when they are more than proxies take. */
  tagHeaders: Readonly<Record<string, string>> | null;
  /** The version at which it is known to hold. */
  version: number;
  encoded: Encoded;
  /** The headers of a GET while nothing is to begin by itself, once somebody asked. */
  usual?: Readonly<Record<string, string>>;
}

interface Flight {
  version: number;
  ended: Promise<Made | KnownAnswer | null>;
}

/** Makes an answer and writes down what it is made of; `null` when somebody else has to. */
type Make = (trace: Trace) => Promise<Made | null>;

/** The longest header of tags that proxies take. */
const longestKeys = 4_000;

/** How much an answer takes beside its bytes and tags: the object, its place in the map, its headers. */
const overhead = 1_500;

/**
 * The answers that this process knows, those least asked for forgotten first. One is given only at the version of a look
 * at the feed that is newer than the request before last, so nobody gets one older than a change that was acknowledged.
 */
export class Answers {
  private readonly kept: LRUCache<string, KnownAnswer> | undefined;
  private readonly flights = new Map<string, Flight>();

  constructor(
    readonly freshness: Freshness,
    /** How many bytes are kept at most; with none, nothing is. */
    bytes: number,
    /** Where processes leave what they made for one another. */
    private readonly shared?: SharedAnswers,
  ) {
    if (bytes > 0) this.kept = new LRUCache({ maxSize: bytes, maxEntrySize: Math.ceil(bytes / 8) });
  }

  /** The answer that is known at a version. */
  known(key: string, version: number): KnownAnswer | undefined {
    const answer = this.kept?.get(key);
    if (!answer) return undefined;
    if (answer.version === version) return answer;
    if (!this.freshness.holds(answer.version, answer.tags)) return undefined;
    answer.version = version;
    return answer;
  }

  /**
   * The known answer, or the one that is made now: once, however many ask for it at the same version. While the
   * database cannot be asked, what was known last is given, to this one who asks and for nobody to keep. `null` when who makes it could not.
   */
  async answer(key: string, make: Make): Promise<Made | KnownAnswer | null> {
    let version: number;
    try {
      version = await this.freshness.now();
    } catch (error) {
      const last = isUnavailable(error) ? this.kept?.get(key) : undefined;
      if (last && this.freshness.holds(last.version, last.tags)) return asMade(last);
      throw error;
    }
    const known = this.known(key, version);
    if (known) return known;
    const flight = this.flights.get(key);
    if (flight?.version === version) return flight.ended;
    const mine: Flight = { version, ended: this.make(key, version, make) };
    this.flights.set(key, mine);
    const land = () => this.flights.get(key) === mine && this.flights.delete(key);
    mine.ended.then(land, land);
    return mine.ended;
  }

  private async make(key: string, version: number, make: Make) {
    const left = await this.shared?.find(key);
    if (left && this.freshness.holdsSince(left.stamp, left.tags)) return this.keep(key, version, left);
    const { stamp } = this.freshness;
    const trace = new Trace();
    const made = await make(trace);
    if (!made || !this.kept || !trace.isWhole || made.status !== 200) return made;
    const body = Buffer.from(made.body);
    const etag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    const whole: WholeAnswer = { headers: made.headers, body, etag, tags: [...trace.tags] };
    this.shared?.leave(key, { ...whole, stamp });
    return this.keep(key, version, whole);
  }

  private keep(key: string, version: number, { headers, body, etag, tags }: WholeAnswer): KnownAnswer {
    const answer: KnownAnswer = { headers, body, etag, tagHeaders: headersOf(tags), tags, version, encoded: {} };
    this.kept!.set(key, answer, { size: overhead + key.length * 2 + 2 * body.length + 120 * tags.length });
    return answer;
  }
}

const asMade = ({ headers, body }: KnownAnswer): Made => ({ status: 200, headers, body: body.toString() });

function headersOf(tags: readonly string[]): KnownAnswer['tagHeaders'] {
  const keys = [everyAnswer, ...tags].join(' ');
  return keys.length <= longestKeys ? { 'surrogate-key': keys, 'cache-tag': keys.replaceAll(' ', ',') } : null;
}

const isUnavailable = (error: unknown): boolean =>
  error instanceof GraphQLError && error.extensions.code === 'UNAVAILABLE';
