import type { Context } from '../../kernel/context.js';
import type { FieldPlan, Plan } from './plan.js';

/** Why an answer is not made the short way: the long way makes it, with whatever errors are in it. */
export class Detour extends Error {}

/** One execution of a plan. It knows only answers without errors: anything else ends it, and nothing is lost by that. */
export class Run {
  private waiting = 1;
  private done!: (data: object) => void;
  private fail!: (error: unknown) => void;

  private constructor(
    private readonly ctx: Context,
    private readonly variables: Record<string, unknown>,
  ) {}

  /** Gives the data of an answer; rejects with what went wrong, which may be a `Detour`. */
  static of(plan: Plan, ctx: Context, variables: Record<string, unknown>): Promise<object> {
    const run = new Run(ctx, variables);
    return new Promise((done, fail) => {
      let data: object = {};
      run.done = () => done(data);
      run.fail = fail;
      data = run.object(plan, undefined);
      run.land(data);
    });
  }

  object(plan: Plan, source: unknown): object {
    const target: Record<string, unknown> = {};
    for (const field of plan.fields) {
      const { key, resolve } = field;
      const value: unknown = resolve
        ? resolve(source, this.variables, this.ctx)
        : (source as Record<string, unknown>)[field.property];
      if (typeof value === 'function') throw new Detour('a value is a method');
      if (isPromise(value)) {
        target[key] = undefined; // keeps its place in the order
        this.wait(field, value, target);
      } else {
        target[key] = field.complete(this, value);
      }
    }
    return target;
  }

  private wait(field: FieldPlan, value: PromiseLike<unknown>, target: Record<string, unknown>): void {
    this.waiting += 1;
    value.then((found) => {
      try {
        target[field.key] = field.complete(this, found);
        this.land(target);
      } catch (error) {
        this.fail(error);
      }
    }, this.fail);
  }

  private land(data: object): void {
    this.waiting -= 1;
    if (this.waiting === 0) this.done(data);
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
