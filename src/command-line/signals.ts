const signals = ['SIGINT', 'SIGTERM'] as const;

/** Waits for the signal to stop; a second one stops at once. */
export function untilTold(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}

/** Waits for the signal to stop where it may come twice, from whoever looks after us and from a terminal. */
export function untilToldByAny(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of signals) process.on(signal, () => resolve());
  });
}
