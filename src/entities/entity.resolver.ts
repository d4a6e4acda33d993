import { Arg, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { globalId } from '../kernel/global-id.js';
import { checkFirst, FirstArg } from '../kernel/page.js';
import { Day } from '../kernel/scalars.js';
import {
  aliasesByEntity,
  entityBySlug,
  maxNames,
  maxRoles,
  rolesByPerson,
  slugKey,
  type EntityView,
  type RoleView,
} from './entity.queries.js';
import { entityUrl, wikidataUrl } from './entity.rules.js';
import { Entity, Organisation, Person, Place, Role } from './entity.types.js';
import { heldOn } from './role.rules.js';

@Resolver(() => Entity)
export class EntityResolver {
  @Query(() => Person, { nullable: true, description: 'The person with this slug.' })
  person(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<EntityView | null> {
    return entityBySlug(ctx).load(slugKey('Person', slug));
  }

  @Query(() => Organisation, { nullable: true, description: 'The organisation with this slug.' })
  organisation(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<EntityView | null> {
    return entityBySlug(ctx).load(slugKey('Organisation', slug));
  }

  @Query(() => Place, { nullable: true, description: 'The place with this slug.' })
  place(@Ctx() ctx: Context, @Arg('slug', () => String) slug: string): Promise<EntityView | null> {
    return entityBySlug(ctx).load(slugKey('Place', slug));
  }

  @FieldResolver(() => ID)
  id(@Root() entity: EntityView): string {
    return globalId(entity.__typename, entity.id);
  }

  @FieldResolver(() => String, { description: 'Where readers find it.' })
  url(@Ctx() ctx: Context, @Root() entity: EntityView): string {
    return entityUrl(ctx.addresses, entity);
  }

  @FieldResolver(() => [String], { description: 'Other forms of the name, in any script.' })
  async aliases(
    @Ctx() ctx: Context,
    @Root() entity: EntityView,
    @FirstArg(50, maxNames) first: number,
  ): Promise<string[]> {
    const aliases = await aliasesByEntity(ctx).load(entity.id);
    return aliases.slice(0, checkFirst(first, maxNames)).map((alias) => alias.name);
  }

  @FieldResolver(() => [String], { description: 'The same thing elsewhere: Wikidata, its own site.' })
  sameAs(@Root() entity: EntityView): string[] {
    const wikidata = entity.wikidataId && wikidataUrl(entity.wikidataId);
    return [wikidata, entity.website].filter((address) => address != null);
  }
}

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => [Role], { description: 'Posts held, newest first; with `at`, those held on that day.' })
  async roles(
    @Ctx() ctx: Context,
    @Root() person: EntityView,
    @FirstArg(20, maxRoles) first: number,
    @Arg('at', () => Day, { nullable: true }) at?: string | null,
  ): Promise<RoleView[]> {
    const roles = await rolesByPerson(ctx).load(person.id);
    return (at ? heldOn(roles, at) : roles).slice(0, checkFirst(first, maxRoles));
  }
}
