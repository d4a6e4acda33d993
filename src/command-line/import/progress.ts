import cliProgress from 'cli-progress';
import type { SourceFiles } from '../../newsroom/import/story.types.js';

/** A bar on the terminal: how much of the files is read, how many items a second, how much time is left. */
export async function withImportProgress<Result>(
  sources: SourceFiles,
  work: (progress: (items?: number) => void) => Promise<Result>,
): Promise<Result> {
  const bar = new cliProgress.SingleBar(
    {
      format: 'Importing {bar} {percentage}% | {items} items, {rate} a second | {left} left',
      hideCursor: true,
      clearOnComplete: true,
      fps: 4,
    },
    cliProgress.Presets.shades_classic,
  );
  const started = performance.now();
  let items = 0;
  bar.start(Math.max(sources.totalBytes, 1), 0, { items, rate: 0, left: '?' });
  try {
    return await work((all) => {
      items = all ?? items + 1;
      const seconds = (performance.now() - started) / 1_000;
      const done = sources.bytesRead / Math.max(sources.totalBytes, 1);
      const left = done > 0 && seconds > 1 ? durationOf((seconds / done) * (1 - done)) : '?';
      bar.update(sources.bytesRead, { items, rate: Math.round(items / Math.max(seconds, 0.001)), left });
    });
  } finally {
    bar.stop();
  }
}

const durationOf = (seconds: number): string =>
  seconds < 90
    ? `${Math.ceil(seconds)} s`
    : seconds < 5_400
      ? `${Math.ceil(seconds / 60)} min`
      : `${Math.ceil(seconds / 3_600)} h`;
