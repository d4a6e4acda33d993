import { codedError } from '../../kernel/errors.js';
import type { Viewer } from '../../kernel/viewer.js';
import { networkOf } from '../partner.access.js';

/** How many streams there may be in a process: of a partner, of a network without a key, and in all. */
export const mostStreams = { partner: 10, address: 20, all: 2_000 };

/** Counts who has how many streams open; whoever takes a place gives it back. */
export class Places {
  private readonly taken = new Map<string, number>();
  private all = 0;

  constructor(private readonly most = mostStreams) {}

  /** Takes a place; RATE_LIMITED when there is none left. */
  take(viewer: Viewer, address: string): () => void {
    const [whose, most] =
      viewer.kind === 'partner'
        ? [`partner ${viewer.partnerId}`, this.most.partner]
        : [networkOf(address), this.most.address];
    const count = this.taken.get(whose) ?? 0;
    if (count >= most) throw codedError('RATE_LIMITED', `You have ${count} streams open here: close one first.`);
    if (this.all >= this.most.all) throw codedError('UNAVAILABLE', 'There are too many streams: try again soon.');
    this.taken.set(whose, count + 1);
    this.all += 1;
    let isBack = false;
    return () => {
      if (isBack) return;
      isBack = true;
      const left = this.taken.get(whose)! - 1;
      if (left === 0) this.taken.delete(whose);
      else this.taken.set(whose, left);
      this.all -= 1;
    };
  }
}
