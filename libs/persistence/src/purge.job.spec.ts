import { Injectable } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { PurgeJob } from './purge.job';

const left = { coupons: 1_200, tickets: 3 };

function owner(table: keyof typeof left) {
  const purge = async (batch: number) => {
    const deleted = Math.min(batch, left[table]);
    left[table] -= deleted;
    return deleted;
  };
  return { purge };
}

@Injectable()
class CouponPurgeJob extends PurgeJob {
  constructor() {
    super({ coupons: owner('coupons'), tickets: owner('tickets') });
  }
}

describe('the purge of a library', () => {
  it('is scheduled for the class that extends it, and deletes what each owner has', async () => {
    const module = await Test.createTestingModule({
      imports: [ScheduleModule.forRoot()],
      providers: [CouponPurgeJob],
    }).compile();
    await module.init();
    expect(module.get(SchedulerRegistry).getIntervals()).toHaveLength(1);
    await module.get(CouponPurgeJob).run();
    expect(left).toEqual({ coupons: 0, tickets: 0 });
    await module.close();
  });
});
