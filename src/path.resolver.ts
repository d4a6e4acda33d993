import { Arg, createUnionType, Ctx, Query, Resolver } from 'type-graphql';
import { entityBySlug, entityOnceAtSlug, slugKey, type EntityView } from './entities/entity.queries.js';
import { entityFolder, entityPath } from './entities/entity.rules.js';
import { entityKinds } from './entities/entity.rows.js';
import type { Context } from './kernel/context.js';
import { badInput } from './kernel/errors.js';
import { sectionTree, type SectionView } from './sections/section.queries.js';
import { articleById, type ArticleView } from './articles/article.queries.js';
import { storyAtPath } from './articles/path.queries.js';
import { Article } from './articles/article.types.js';
import { Gone, Redirect } from './articles/path.types.js';
import { Organisation, Person, Place } from './entities/entity.types.js';
import { Section } from './sections/section.types.js';
import { storylineBySlug, storylineOnceAtSlug, type StorylineView } from './storylines/storyline.queries.js';
import { storylineFolder, storylinePath } from './storylines/storyline.rules.js';
import { Storyline } from './storylines/storyline.types.js';

const Resolved = createUnionType({
  name: 'Resolved',
  description: 'What lives at a path.',
  types: () => [Article, Section, Person, Organisation, Place, Storyline, Redirect, Gone] as const,
});

type ResolvedView =
  | ArticleView
  | SectionView
  | EntityView
  | StorylineView
  | { __typename: 'Redirect'; path: string; permanent: boolean }
  | { __typename: 'Gone'; since: number; reason: string | null };

@Resolver()
export class PathResolver {
  @Query(() => Resolved, {
    nullable: true,
    description:
      'What lives at a path: a story, a section, a page about somebody, a storyline, a redirect, or nothing any more.',
  })
  async resolvePath(
    @Ctx() ctx: Context,
    @Arg('path', () => String, { description: 'The path of an address, from its first slash.' }) path: string,
  ): Promise<ResolvedView | null> {
    const clean = cleanPath(path);
    return (
      (await storyAt(ctx, clean)) ??
      (await sectionAt(ctx, clean)) ??
      (await storylineAt(ctx, clean)) ??
      (await entityAt(ctx, clean))
    );
  }
}

async function storyAt(ctx: Context, path: string): Promise<ResolvedView | null> {
  const found = await storyAtPath(ctx).load(path);
  if (!found) return null;
  if (found.currentPath === path) return articleById(ctx).load(found.articleId);
  if (found.currentPath) return { __typename: 'Redirect', path: found.currentPath, permanent: true };
  if (found.lastSeen === null) return null;
  return { __typename: 'Gone', since: found.lastSeen, reason: found.reason };
}

async function sectionAt(ctx: Context, path: string): Promise<SectionView | null> {
  return (await sectionTree(ctx)).bySlug.get(path.slice(1)) ?? null;
}

async function entityAt(ctx: Context, path: string): Promise<ResolvedView | null> {
  const [, folder, slug, ...rest] = path.split('/');
  const kind = entityKinds.find((each) => entityFolder[each] === folder);
  if (!kind || !slug || rest.length > 0) return null;
  const there = await entityBySlug(ctx).load(slugKey(kind, slug));
  if (there) return there;
  const once = await entityOnceAtSlug(ctx).load(slugKey(kind, slug));
  return once && { __typename: 'Redirect', path: entityPath(once.entity), permanent: true };
}

async function storylineAt(ctx: Context, path: string): Promise<ResolvedView | null> {
  const [, folder, slug, ...rest] = path.split('/');
  if (folder !== storylineFolder || !slug || rest.length > 0) return null;
  const there = await storylineBySlug(ctx).load(slug);
  if (there) return there;
  const once = await storylineOnceAtSlug(ctx).load(slug);
  return once && { __typename: 'Redirect', path: storylinePath(once.storyline), permanent: true };
}

/** A path without query, fragment or slash at its end, with `%` forms read. */
function cleanPath(path: string): string {
  if (!path.startsWith('/') || path.length > 1_000) {
    throw badInput('`path` is the path of an address, from its first slash, such as /mena/a-story.');
  }
  const bare = path.replace(/[?#].*$/s, '').replace(/\/+$/, '');
  try {
    return decodeURIComponent(bare).normalize('NFC');
  } catch {
    throw badInput('`path` has a % that is not followed by two hexadecimal digits.');
  }
}
