/**
 * Does something with a signal that ends it after so many milliseconds, with what the other signal says as its reason when
 * that ends it before. `AbortSignal.any` would let go of a timeout that nothing else holds, and it would never come.
 */
export async function withPatience<Result>(
  ms: number,
  other: AbortSignal | null,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const end = new AbortController();
  const stop = (): void => end.abort(other?.reason);
  if (other?.aborted) stop();
  other?.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => end.abort(new DOMException('It took too long.', 'TimeoutError')), ms);
  try {
    return await work(end.signal);
  } finally {
    clearTimeout(timer);
    other?.removeEventListener('abort', stop);
  }
}
