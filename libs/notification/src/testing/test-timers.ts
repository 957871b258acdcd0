/**
 * In the tests of this file {@link pass} lets time pass at once. By themselves timers stand still, or go on as the
 * machine's when `going`: servers of the tests that speak over sockets have small pauses of their own.
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

/** Waits for what sockets bring, not for time. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
