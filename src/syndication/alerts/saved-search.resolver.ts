import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn } from '../../kernel/global-id.js';
import { checkFirst, FirstArg } from '../../kernel/page.js';
import { Partner } from '../partners/partner.types.js';
import { most } from '../webhooks/webhook.words.js';
import { deleteSavedSearch, saveSearch } from './saved-search.commands.js';
import { searchesOfPartner, type SavedSearchView } from './saved-search.queries.js';
import {
  DeleteSavedSearchInput,
  DeleteSavedSearchResult,
  SavedSearch,
  SavedSearchDeleted,
  SaveSearchInput,
  SaveSearchResult,
} from './saved-search.types.js';

@Resolver(() => Partner)
export class PartnerSearches {
  @FieldResolver(() => [SavedSearch], { description: 'What it looks for, by name.' })
  async savedSearches(
    @Ctx() ctx: Context,
    @Root() partner: { id: number },
    @FirstArg(20, most.searches) first: number,
  ): Promise<SavedSearchView[]> {
    return (await searchesOfPartner(ctx).load(partner.id)).slice(0, checkFirst(first, most.searches));
  }
}

@Resolver(() => SavedSearch)
export class SavedSearchResolver {
  @FieldResolver(() => ID)
  id(@Root() search: SavedSearchView): string {
    return globalId('SavedSearch', search.id);
  }

  @Mutation(() => SaveSearchResult, { description: 'Keeps a search, for webhooks and subscriptions to go by.' })
  saveSearch(@Ctx() ctx: Context, @Arg('input', () => SaveSearchInput) input: SaveSearchInput): Promise<object> {
    return saveSearch(ctx, {
      ...input,
      id: input.id == null ? null : idIn('id', input.id, 'SavedSearch'),
      partnerId: input.partnerId == null ? null : idIn('partnerId', input.partnerId, 'Partner'),
    });
  }

  @Mutation(() => DeleteSavedSearchResult, { description: 'Keeps a search no more.' })
  deleteSavedSearch(
    @Ctx() ctx: Context,
    @Arg('input', () => DeleteSavedSearchInput) { id, idempotencyKey }: DeleteSavedSearchInput,
  ): Promise<object> {
    return deleteSavedSearch(ctx, { id: idIn('id', id, 'SavedSearch'), idempotencyKey });
  }
}

@Resolver(() => SavedSearchDeleted)
export class SavedSearchDeletedResolver {
  @FieldResolver(() => ID)
  savedSearchId(@Root() deleted: { savedSearchId: number }): string {
    return globalId('SavedSearch', deleted.savedSearchId);
  }
}
