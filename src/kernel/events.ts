/** What a subscription gets: whoever stops listening ends it at once, also while it waits. */
export function eventsOf<Event>(
  make: (ended: AbortSignal) => AsyncGenerator<Event, void>,
): AsyncIterableIterator<Event> {
  const ending = new AbortController();
  const events = make(ending.signal);
  const iterator: AsyncIterableIterator<Event> = {
    next: () => events.next(),
    return: () => {
      ending.abort();
      return events.return();
    },
    throw: (error: unknown) => {
      ending.abort();
      return events.throw(error);
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}
