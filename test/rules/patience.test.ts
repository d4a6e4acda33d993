import { withPatience } from '../../src/kernel/patience.js';

describe('patience', () => {
  const until = (signal: AbortSignal) =>
    new Promise<string>((resolve) => {
      const say = () => resolve(String((signal.reason as Error).name));
      if (signal.aborted) say();
      else signal.addEventListener('abort', say);
    });

  test('ends, whatever garbage is collected meanwhile', async () => {
    const never = new AbortController().signal;
    const many = Array.from({ length: 20 }, () => withPatience(300, never, until));
    const garbage = setInterval(() => Array.from({ length: 100_000 }, (_, i) => ({ i })), 10);
    expect(new Set(await Promise.all(many))).toEqual(new Set(['TimeoutError']));
    clearInterval(garbage);
  }, 5_000);

  test('ends before with the signal of whoever asked, also when that has come already', async () => {
    const other = new AbortController();
    const asked = withPatience(60_000, other.signal, until);
    other.abort();
    expect([await asked, await withPatience(60_000, other.signal, until)]).toEqual(['AbortError', 'AbortError']);
  });
});
