import { Logger } from '@nestjs/common';
import { purgeAll } from './retention';

describe('data past its retention', () => {
  const logger = new Logger();
  let left: Record<string, number>;

  const purge = (table: string) => async (batch: number) => {
    const deleted = Math.min(batch, left[table]!);
    left[table]! -= deleted;
    return deleted;
  };

  it('is deleted to the last row, in batches of 500 at most', async () => {
    left = { session: 1_750, notification: 3 };
    const sizes: number[] = [];
    const watched = async (batch: number) => {
      sizes.push(batch);
      return purge('session')(batch);
    };
    await purgeAll({ session: watched, notification: purge('notification') }, logger);
    expect(left).toEqual({ session: 0, notification: 0 });
    expect(sizes).toEqual([500, 500, 500, 500]);
  });

  it('is deleted in every table except one that fails, which is reported', async () => {
    left = { notification: 1 };
    const warn = jest.spyOn(logger, 'warn').mockImplementation();
    const broken = () => Promise.reject(new Error('deadlock'));
    await purgeAll({ session: broken, notification: purge('notification') }, logger);
    expect(left).toEqual({ notification: 0 });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('purge of session put off'));
  });
});
