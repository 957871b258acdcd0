import { withTimeout } from './with-timeout';

const LIMIT_MS = 2_000;
const never = () => new Promise<never>(() => undefined);

describe('work that has a time limit', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('resolves to the result, and leaves no timer behind', async () => {
    expect(await withTimeout(LIMIT_MS, Promise.resolve('done'))).toBe('done');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('throws its error, and leaves no timer behind', async () => {
    await expect(withTimeout(LIMIT_MS, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
    expect(jest.getTimerCount()).toBe(0);
  });

  it.each([
    [undefined, 'no answer in 2000 ms'],
    ['the collector did not answer', 'the collector did not answer'],
  ])('is given up once the time is over (%s)', async (late, message) => {
    const refused = expect(withTimeout(LIMIT_MS, never(), late)).rejects.toThrow(message);
    jest.advanceTimersByTime(LIMIT_MS);
    await refused;
  });
});
