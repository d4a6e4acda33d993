import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { entityKinds, type EntityKind } from '../../entities/entity.rows.js';
import type { Context } from '../../kernel/context.js';
import { idIn, parseGlobalId } from '../../kernel/global-id.js';
import { deleteEntity } from './delete.commands.js';
import {
  DeleteEntityInput,
  DeleteEntityResult,
  SaveOrganisationInput,
  SaveOrganisationResult,
  SavePersonInput,
  SavePersonResult,
  SavePlaceInput,
  SavePlaceResult,
  type RoleInput,
} from './entity-desk.types.js';
import type { RoleFields } from './role.commands.js';
import { saveEntityAtDesk } from './save.commands.js';

@Resolver()
export class EntityDeskResolver {
  @Mutation(() => SavePersonResult, { description: 'Makes a person, or changes one.' })
  savePerson(@Ctx() ctx: Context, @Arg('input', () => SavePersonInput) input: SavePersonInput): Promise<object> {
    const { roles, ...rest } = input;
    return saveEntityAtDesk(ctx, 'Person', {
      ...rest,
      id: idOf(input.id, 'Person'),
      roles: roles && roles.map(roleOf),
    });
  }

  @Mutation(() => SaveOrganisationResult, { description: 'Makes an organisation, or changes one.' })
  saveOrganisation(
    @Ctx() ctx: Context,
    @Arg('input', () => SaveOrganisationInput) input: SaveOrganisationInput,
  ): Promise<object> {
    return saveEntityAtDesk(ctx, 'Organisation', { ...input, id: idOf(input.id, 'Organisation') });
  }

  @Mutation(() => SavePlaceResult, { description: 'Makes a place, or changes one.' })
  savePlace(@Ctx() ctx: Context, @Arg('input', () => SavePlaceInput) input: SavePlaceInput): Promise<object> {
    return saveEntityAtDesk(ctx, 'Place', { ...input, id: idOf(input.id, 'Place') });
  }

  @Mutation(() => DeleteEntityResult, {
    description: 'Deletes a person, organisation or place that nothing speaks of, for good.',
  })
  deleteEntity(@Ctx() ctx: Context, @Arg('input', () => DeleteEntityInput) input: DeleteEntityInput): Promise<object> {
    const id = idIn('id', input.id, ...entityKinds);
    return deleteEntity(ctx, { ...input, id, kind: parseGlobalId(input.id).type as EntityKind });
  }
}

const idOf = (id: string | null | undefined, kind: EntityKind): number | undefined =>
  id == null ? undefined : idIn('id', id, kind);

function roleOf({ organisation, place, sourceArticle, ...role }: RoleInput, i: number): RoleFields {
  const refer = (field: string, id: string | null | undefined, type: string) =>
    id == null ? null : idIn(`roles.${i}.${field}`, id, type);
  return {
    ...role,
    organisationId: refer('organisation', organisation, 'Organisation'),
    placeId: refer('place', place, 'Place'),
    sourceArticleId: refer('sourceArticle', sourceArticle, 'Article'),
  };
}
