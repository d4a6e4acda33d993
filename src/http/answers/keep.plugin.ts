import type { ApolloServerPlugin } from '@apollo/server';
import { OperationTypeNode } from 'graphql';
import type { Context } from '../../kernel/context.js';

/** Lets only answers be kept that are whole: of queries, without errors. */
export const keepPlugin: ApolloServerPlugin<Context> = {
  async requestDidStart({ contextValue: { trace } }) {
    if (!trace) return;
    return {
      async willSendResponse({ operation, response: { body } }) {
        const isWhole =
          operation?.operation === OperationTypeNode.QUERY && body.kind === 'single' && !body.singleResult.errors;
        if (!isWhole) trace.isWhole = false;
      },
    };
  },
};
