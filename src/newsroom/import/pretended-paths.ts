import type { PreparedStory } from './prepare.rules.js';
import { Remembered } from './remembered.js';

/** Whose the old paths would be that the stories of a dry run bring along: the first that comes with one has it. */
export class PretendedPaths {
  private readonly owners = new Remembered<string>();

  constructor(private readonly sections: ReadonlySet<string>) {}

  /** Claims the old paths of a story; gives those that are of another page. `id` is the story's here, `there` whose paths are taken. */
  lostBy({ externalId, paths }: PreparedStory, id: number | undefined, there: ReadonlyMap<string, number>): string[] {
    return paths.filter((path) => {
      if (there.has(path)) return there.get(path) !== id;
      if (this.sections.has(path.slice(1))) return true;
      const owner = this.owners.get(path);
      if (owner === undefined) this.owners.set(path, externalId);
      return (owner ?? externalId) !== externalId;
    });
  }

  /** Forgets all of it. */
  close(): void {
    this.owners.close();
  }
}
