import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { articleById } from './articles/article.queries.js';
import { entityById } from './entities/entity.queries.js';
import type { EntityKind } from './entities/entity.rows.js';
import { frontById } from './fronts/front.queries.js';
import type { Context } from './kernel/context.js';
import { badInput } from './kernel/errors.js';
import { parseGlobalId } from './kernel/global-id.js';
import { Node } from './kernel/node.types.js';
import { maxFirst } from './kernel/page.js';
import { sectionTree } from './sections/section.queries.js';
import { storylineById } from './storylines/storyline.queries.js';
import { allNewsletters } from './site/site.queries.js';

interface NodeView {
  __typename: string;
  id: number;
}

const entity = (kind: EntityKind) => async (ctx: Context, id: number) => {
  const found = await entityById(ctx).load(id);
  return found?.__typename === kind ? found : null;
};

/** How each type is found by its id: through the same loaders, and so the same visibility, as every edge. */
const nodes = new Map<string, (ctx: Context, id: number) => Promise<NodeView | null>>(
  Object.entries({
    Article: (ctx: Context, id: number) => articleById(ctx).load(id),
    Front: (ctx: Context, id: number) => frontById(ctx).load(id),
    Storyline: (ctx: Context, id: number) => storylineById(ctx).load(id),
    Section: async (ctx: Context, id: number) => (await sectionTree(ctx)).byId.get(id) ?? null,
    Person: entity('Person'),
    Organisation: entity('Organisation'),
    Place: entity('Place'),
    Newsletter: async (ctx: Context, id: number) => (await allNewsletters(ctx)).find((each) => each.id === id) ?? null,
  }),
);

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true, description: 'Whatever has this id, if you may see it.' })
  node(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<NodeView | null> {
    return find(ctx, id);
  }

  @Query(() => [Node], { nullable: 'items', description: `As \`node\`, for at most ${maxFirst} ids, in their order.` })
  nodes(@Ctx() ctx: Context, @Arg('ids', () => [ID]) ids: string[]): Promise<(NodeView | null)[]> {
    if (ids.length > maxFirst) throw badInput(`\`ids\` takes at most ${maxFirst}, not ${ids.length}.`);
    return Promise.all(ids.map((id) => find(ctx, id)));
  }
}

async function find(ctx: Context, id: string): Promise<NodeView | null> {
  const ref = parseGlobalId(id);
  return (await nodes.get(ref.type)?.(ctx, ref.id)) ?? null;
}
