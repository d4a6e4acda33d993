import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import { colleagueOrNobody, type ColleagueView } from '../../accounts/colleague.queries.js';
import type { EntityView } from '../../entities/entity.queries.js';
import { entityKinds, type EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn, parseGlobalId } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { mergeEntities } from './merge.commands.js';
import { entityItself, entityMerges, type MergeEdge, type MergeView } from './merge.queries.js';
import {
  EntityMerge,
  EntityMergePages,
  MergeEntitiesInput,
  MergeEntitiesResult,
  UndoMergeInput,
  UndoMergeResult,
} from './merge.types.js';
import { undoMerge } from './undo-merge.commands.js';

@Resolver()
export class MergeResolver {
  @Mutation(() => MergeEntitiesResult, {
    description: 'Has one person, organisation or place take the place of another of its kind, wherever that is named.',
  })
  mergeEntities(
    @Ctx() ctx: Context,
    @Arg('input', () => MergeEntitiesInput) { from, into, ...input }: MergeEntitiesInput,
  ): Promise<object> {
    const fromId = idIn('from', from, ...entityKinds);
    const kind = parseGlobalId(from).type as EntityKind;
    return mergeEntities(ctx, { ...input, kind, fromId, intoId: idIn('into', into, kind) });
  }

  @Mutation(() => UndoMergeResult, { description: 'Takes a merge back.' })
  undoMerge(@Ctx() ctx: Context, @Arg('input', () => UndoMergeInput) input: UndoMergeInput): Promise<object> {
    return undoMerge(ctx, { ...input, mergeId: idIn('merge', input.merge, 'EntityMerge') });
  }
}

@Resolver(() => Newsroom)
export class EntityMerges {
  @FieldResolver(() => EntityMergePages.Connection, {
    description: 'Which people, organisations and places took the place of others, newest first.',
  })
  entityMerges(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<MergeEdge>> {
    return entityMerges(ctx, page);
  }
}

@Resolver(() => EntityMerge)
export class EntityMergeResolver {
  @FieldResolver(() => ID)
  id(@Root() merge: MergeView): string {
    return globalId('EntityMerge', merge.id);
  }

  @FieldResolver()
  by(@Ctx() ctx: Context, @Root() merge: MergeView): Promise<ColleagueView | null> {
    return colleagueOrNobody(ctx, merge.accountId);
  }

  @FieldResolver()
  from(@Ctx() ctx: Context, @Root() merge: MergeView): Promise<EntityView | null> {
    return entityItself(ctx).load(merge.fromId);
  }

  @FieldResolver()
  into(@Ctx() ctx: Context, @Root() merge: MergeView): Promise<EntityView | null> {
    return entityItself(ctx).load(merge.intoId);
  }
}
