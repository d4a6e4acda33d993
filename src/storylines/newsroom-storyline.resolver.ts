import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Context } from '../kernel/context.js';
import { globalId, idIn, parseGlobalIds } from '../kernel/global-id.js';
import { checkFirst, FirstArg, PageArgs, type Connection } from '../kernel/page.js';
import { pictureById, type PictureView } from '../media/picture.queries.js';
import {
  entryForViewer,
  newsroomEntries,
  newsroomStorylineById,
  newsroomStorylinesOf,
  type NewsroomEntryView,
  type NewsroomStorylineEdge,
  type NewsroomStorylineView,
} from './newsroom-storyline.queries.js';
import { addToStoryline, createStoryline, saveStoryline, type EntryInput } from './storyline.commands.js';
import { storylineById, type StorylineView } from './storyline.queries.js';
import { maxEntries } from './storyline.rules.js';
import {
  AddToStorylineInput,
  CreateStorylineInput,
  CreateStorylineResult,
  NewsroomStoryline,
  NewsroomStorylineEntry,
  NewsroomStorylinePages,
  SaveStorylineInput,
  SaveStorylineResult,
  Storyline,
  type StorylineEntryInput,
} from './storyline.types.js';

@Resolver(() => NewsroomStoryline)
export class NewsroomStorylineResolver {
  @Query(() => NewsroomStoryline, { nullable: true, description: 'The storyline with this id, drafts included.' })
  newsroomStoryline(@Ctx() ctx: Context, @Arg('id', () => ID) id: string): Promise<NewsroomStorylineView | null> {
    return newsroomStorylineById(ctx).load(parseGlobalIds([id], ['Storyline'])[0]!);
  }

  @Query(() => NewsroomStorylinePages.Connection, { description: 'All storylines, last changed first.' })
  newsroomStorylines(
    @Ctx() ctx: Context,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<Connection<NewsroomStorylineEdge>> {
    return newsroomStorylinesOf(ctx, page);
  }

  @FieldResolver(() => ID)
  storylineId(@Root() storyline: NewsroomStorylineView): string {
    return globalId('Storyline', storyline.id);
  }

  @FieldResolver(() => Storyline, { nullable: true, description: 'The storyline as readers see it.' })
  live(@Ctx() ctx: Context, @Root() storyline: NewsroomStorylineView): Promise<StorylineView | null> {
    return storylineById(ctx).load(storyline.id);
  }

  @FieldResolver()
  async picture(@Ctx() ctx: Context, @Root() { pictureId }: NewsroomStorylineView): Promise<PictureView | null> {
    return pictureId === null ? null : pictureById(ctx).load(pictureId);
  }

  @FieldResolver(() => [NewsroomStorylineEntry], { description: 'Its timeline, in the order in which it was given.' })
  async entries(
    @Ctx() ctx: Context,
    @Root() storyline: NewsroomStorylineView,
    @FirstArg(50, maxEntries) first: number,
  ): Promise<object[]> {
    const entries = await newsroomEntries(ctx, { first: checkFirst(first, maxEntries) }).load(storyline.id);
    return Promise.all(entries.map((entry) => entryForViewer(ctx, entry)));
  }
}

@Resolver(() => NewsroomStorylineEntry)
export class NewsroomStorylineEntryResolver {
  @FieldResolver()
  articleId(@Root() { articleId }: NewsroomEntryView): string | null {
    return articleId === null ? null : globalId('Article', articleId);
  }
}

@Resolver()
export class StorylineMutations {
  @Mutation(() => CreateStorylineResult, { description: 'Begins a storyline, which readers see once it is open.' })
  createStoryline(
    @Ctx() ctx: Context,
    @Arg('input', () => CreateStorylineInput) { picture, entries, ...words }: CreateStorylineInput,
  ): Promise<object> {
    return createStoryline(ctx, { ...words, pictureId: pictureOf(picture), entries: entriesOf(entries) });
  }

  @Mutation(() => SaveStorylineResult, { description: 'Changes a storyline and its timeline.' })
  saveStoryline(
    @Ctx() ctx: Context,
    @Arg('input', () => SaveStorylineInput) { id, picture, entries, ...words }: SaveStorylineInput,
  ): Promise<object> {
    const storylineId = idIn('id', id, 'Storyline');
    return saveStoryline(ctx, { ...words, storylineId, pictureId: pictureOf(picture), entries: entriesOf(entries) });
  }

  @Mutation(() => SaveStorylineResult, { description: 'Adds a story, or something that happened, to a timeline.' })
  addToStoryline(
    @Ctx() ctx: Context,
    @Arg('input', () => AddToStorylineInput) { id, entry, ...rest }: AddToStorylineInput,
  ): Promise<object> {
    return addToStoryline(ctx, { ...rest, storylineId: idIn('id', id, 'Storyline'), entry: entryOf(entry, 'entry') });
  }
}

const pictureOf = (picture: string | null | undefined): number | null | undefined =>
  picture == null ? picture : idIn('picture', picture, 'Picture');

const entriesOf = (entries: readonly StorylineEntryInput[] | null | undefined): EntryInput[] | undefined =>
  entries?.map((entry, i) => entryOf(entry, `entries.${i}`));

const entryOf = ({ article, ...entry }: StorylineEntryInput, path: string): EntryInput => ({
  ...entry,
  articleId: article == null ? null : idIn(`${path}.article`, article, 'Article'),
});
