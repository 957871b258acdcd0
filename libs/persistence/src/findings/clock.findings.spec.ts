import { addMilliseconds } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import type { DatabaseHealthRepository } from '../database/database-health.repository';
import { ClockFindings } from './clock.findings';

describe('the clock of this process, beside that of the database,', () => {
  const clock = new SettableClock();
  const found = (theirs: Date | undefined) =>
    new ClockFindings(clock, { time: async () => theirs } as unknown as DatabaseHealthRepository).find();

  it.each([
    ['is well within a second', 1_000, 'well'],
    ['is warned of when it is more ahead', 1_001, 'warning'],
    ['is warned of when it is five seconds ahead', 5_000, 'warning'],
    ['cannot be used when it is more ahead', 5_001, 'failing'],
    ['cannot be used when it is as much behind', -5_001, 'failing'],
  ])('%s', async (_, aheadMs, state) => {
    expect(await found(addMilliseconds(clock.now(), -aheadMs))).toMatchObject({ state, values: { aheadMs } });
  });

  it('is the only one on the embedded engine', async () => {
    expect(await found(undefined)).toMatchObject({ state: 'off', values: { aheadMs: null } });
  });
});
