import cliProgress from 'cli-progress';

/** A bar on the terminal that tells how far long work has come; where there is no terminal, nothing. */
export async function withProgress<Result>(
  what: string,
  work: (progress: (done: number, total: number) => void) => Promise<Result>,
): Promise<Result> {
  const bar = new cliProgress.SingleBar(
    { format: `${what} {bar} {value}/{total}, {eta_formatted} left`, hideCursor: true, clearOnComplete: true },
    cliProgress.Presets.shades_classic,
  );
  let started = false;
  try {
    return await work((done, total) => {
      if (!started) bar.start(total, 0);
      started = true;
      bar.update(done);
    });
  } finally {
    if (started) bar.stop();
  }
}
