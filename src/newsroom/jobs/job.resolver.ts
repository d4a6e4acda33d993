import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../kernel/context.js';
import { globalId, idIn } from '../../kernel/global-id.js';
import { PageArgs, type Connection } from '../../kernel/page.js';
import { Newsroom } from '../../accounts/newsroom.types.js';
import { retryJob } from './job.commands.js';
import { failedJobs, type FailedJobEdge } from './job.queries.js';
import { FailedJob, FailedJobPages, RetryJobInput, RetryJobResult } from './job.types.js';

@Resolver(() => Newsroom)
export class FailedJobsResolver {
  @FieldResolver(() => FailedJobPages.Connection, { description: 'Work that failed eight times, oldest first.' })
  failedJobs(@Ctx() ctx: Context, @Args(() => PageArgs) page: PageArgs): Promise<Connection<FailedJobEdge>> {
    return failedJobs(ctx, page);
  }

  @Mutation(() => RetryJobResult, { description: 'Has work that failed tried again.' })
  retryJob(@Ctx() ctx: Context, @Arg('input', () => RetryJobInput) input: RetryJobInput): Promise<object> {
    return retryJob(ctx, { ...input, id: idIn('id', input.id, 'Job') });
  }
}

@Resolver(() => FailedJob)
export class FailedJobResolver {
  @FieldResolver(() => ID)
  id(@Root() job: { id: number }): string {
    return globalId('Job', job.id);
  }
}
