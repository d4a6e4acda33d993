import type { Context } from '../../kernel/context.js';

/** Why an answer is not made the short way: the long way makes it, with whatever errors are in it. */
export class Detour extends Error {}

/** One run of a program. It knows only answers without errors: anything else ends it, and nothing is lost by that. */
export class Run {
  private waiting = 1;
  private done!: () => void;
  private fail!: (error: unknown) => void;

  private constructor(
    readonly ctx: Context,
    readonly variables: Record<string, unknown>,
  ) {}

  static of(
    answer: (run: Run, source: unknown) => object,
    ctx: Context,
    variables: Record<string, unknown>,
  ): Promise<object> {
    const run = new Run(ctx, variables);
    return new Promise((done, fail) => {
      run.fail = fail;
      const data = answer(run, undefined);
      run.done = () => done(data); // nothing that it waits for has come yet
      run.land();
    });
  }

  /** Waits for a value, and has it put where it belongs. */
  wait(value: PromiseLike<unknown>, put: (value: unknown) => void): void {
    this.waiting += 1;
    value.then((found) => {
      try {
        put(found);
        this.land();
      } catch (error) {
        this.fail(error);
      }
    }, this.fail);
  }

  private land(): void {
    this.waiting -= 1;
    if (this.waiting === 0) this.done();
  }
}
