/**
 * Replaces the timers in the tests of this file: {@link pass} lets time pass at once. Without it timers do not
 * advance, or run as the machine's when `going`, since test servers on sockets pause briefly.
 */
export function useTestTimers({ going = false } = {}): void {
  beforeEach(() => {
    const doNotFake = ['nextTick', 'queueMicrotask', 'setImmediate', 'clearImmediate'] as const;
    jest.useFakeTimers({ doNotFake: [...doNotFake], advanceTimers: going });
  });
  afterEach(() => {
    jest.useRealTimers();
  });
}

/** Lets `milliseconds` pass. */
export async function pass(milliseconds: number): Promise<void> {
  await jest.advanceTimersByTimeAsync(milliseconds);
}

/** Waits for input from sockets, not for time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
