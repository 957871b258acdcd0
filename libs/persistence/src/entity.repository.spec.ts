import { optimisticRetry } from './entity.repository';

/** Comes first at its turn after so many that others took. */
function racing(others: number) {
  let turns = 0;
  const race = () =>
    optimisticRetry(async () => (++turns > others ? 'counted' : undefined), 'too many at once');
  return { race, turns: () => turns };
}

describe('a change of a row in the version that was read', () => {
  it.each([0, 1, 31])('succeeds after %i other changes', async (others) => {
    const { race, turns } = racing(others);
    await expect(race()).resolves.toBe('counted');
    expect(turns()).toBe(others + 1);
  });

  it('is given up after 32 turns, with the time to retry', async () => {
    const { race, turns } = racing(Infinity);
    await expect(race()).rejects.toMatchObject({
      code: 'service.busy',
      message: expect.stringContaining('too many at once'),
      retryAfterSeconds: 1,
    });
    expect(turns()).toBe(32);
  });
});
