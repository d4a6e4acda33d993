import { execute, parse, type GraphQLSchema } from 'graphql';
import { createContext } from '../../kernel/context.js';
import type { PartnerViewer } from '../../kernel/viewer.js';
import { cursorOf } from '../feed/change.rules.js';
import type { MakeBody, Made } from './delivery.commands.js';

/** Many servers take no more than a megabyte. */
const mostBytes = 900_000;

const document = parse(/* GraphQL */ `
  query Change($after: String!) {
    syndication {
      changes(after: $after, first: 1) {
        edges {
          cursor
          node {
            kind
            action
            occurredAt
            note
            storyId
            version
            embargoedUntil
            entity {
              ...Entry
            }
            formerEntity {
              ...Entry
            }
            story {
              ...Story
            }
          }
        }
      }
    }
  }
  fragment Entry on ChangedEntity {
    entityId
    name
    uri
  }
  fragment Story on SyndicatedStory {
    id
    uri
    version
    title
    standfirst
    body {
      html
      text
    }
    language
    publishedAt
    updatedAt
    section {
      slug
      name
    }
    entities {
      __typename
      name
      sameAs
    }
    pictures {
      url
      caption
      credit
      usageTerms
    }
    usageTerms
    attribution
    canonicalUrl
    redactions {
      path
      reason
    }
    ninjs
  }
`);

interface Change {
  kind: string;
  occurredAt: string;
  story: object | null;
}

interface Answer {
  syndication: { changes: { edges: { cursor: string; node: Change }[] } };
}

/**
 * Makes what is sent by asking our own graph as the partner would ask it: so what is pushed is what he could pull at this
 * moment, with the same rights.
 */
export const bodyMaker =
  (schema: GraphQLSchema): MakeBody =>
  async ({ database, addresses, signer }, { id: partnerId, name }, seq) => {
    const viewer: PartnerViewer = { kind: 'partner', partnerId, keyId: 0, name, scopes: ['READ'] };
    const contextValue = createContext(database, addresses, { viewer, signer });
    const variableValues = { after: cursorOf(partnerId, seq - 1) };
    const { data, errors } = await execute({ schema, document, contextValue, variableValues });
    if (errors?.[0]) throw errors[0];
    const [edge] = (data as unknown as Answer).syndication.changes.edges;
    if (edge?.cursor !== cursorOf(partnerId, seq)) throw new Error(`the feed of partner ${partnerId} has no ${seq}`);
    return bodyOf(edge);
  };

function bodyOf(edge: { cursor: string; node: Change }): Made {
  const event = { type: typeOf(edge.node.kind), timestamp: edge.node.occurredAt };
  const whole = JSON.stringify({ ...event, data: edge });
  if (Buffer.byteLength(whole) <= mostBytes) return { body: whole, hasStory: edge.node.story !== null };
  const data = { ...edge, node: { ...edge.node, story: null }, isTooLarge: true };
  return { body: JSON.stringify({ ...event, data }), hasStory: false };
}

/** `story.killed`, `entity.merged`: as Standard Webhooks names events. */
const typeOf = (kind: string): string => (kind === 'ENTITY_MERGED' ? 'entity.merged' : `story.${kind.toLowerCase()}`);
