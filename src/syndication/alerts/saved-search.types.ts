import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { Node } from '../../kernel/node.types.js';
import { DateTime } from '../../kernel/scalars.js';
import { resultOf, StaleVersion } from '../../kernel/user-error.types.js';
import { ProductFilter, ProductFilterInput } from '../partners/product.types.js';

@ObjectType({
  simpleResolvers: true,
  implements: Node,
  description:
    'What a partner looks for in the stories of his feed. A change is about it when any text of its story up to then is found by it.',
})
export class SavedSearch extends Node {
  @Field(() => String)
  name: string;

  @Field(() => String, { description: 'Words as they are typed into `search`; empty when it has none.' })
  query: string;

  @Field(() => ProductFilter, { description: 'What has to hold besides; nothing where it is empty.' })
  filter: ProductFilter;

  @Field(() => Int, { description: 'Goes up with every change; hand back the one you saw as `expectedVersion`.' })
  version: number;

  @Field(() => DateTime)
  createdAt: number;
}

@InputType({ description: 'A search to be kept, or one that is to be different.' })
export class SaveSearchInput {
  @Field(() => ID, { nullable: true, description: 'The one to change; a new one is made where it is not given.' })
  id?: string | null;

  @Field(() => Int, { nullable: true, description: 'The `version` that a change is made to.' })
  expectedVersion?: number | null;

  @Field(() => ID, { nullable: true, description: 'Whose a new one is; only for the desk to say.' })
  partnerId?: string | null;

  @Field(() => String, { description: 'At most 120 characters; each once.' })
  name: string;

  @Field(() => String, {
    nullable: true,
    description: 'Words as they are typed into `search`; at most 500 characters.',
  })
  query?: string | null;

  @Field(() => ProductFilterInput, { nullable: true, description: 'What has to hold besides.' })
  filter?: ProductFilterInput | null;

  @Field(() => String, { nullable: true, description: 'The same mutation with the same key is done once.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'A search that is not to be kept any more.' })
export class DeleteSavedSearchInput {
  @Field(() => ID)
  id: string;

  @Field(() => String, { nullable: true, description: 'The same mutation with the same key is done once.' })
  idempotencyKey?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'It is kept.' })
export class SearchSaved {
  @Field(() => SavedSearch)
  savedSearch: SavedSearch;
}

@ObjectType({ simpleResolvers: true, description: 'It is kept no more.' })
export class SavedSearchDeleted {
  @Field(() => ID)
  savedSearchId: string;
}

export const SaveSearchResult = resultOf('SaveSearchResult', SearchSaved, StaleVersion);
export const DeleteSavedSearchResult = resultOf('DeleteSavedSearchResult', SavedSearchDeleted);
