import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { AuditSealJob } from '../audit.job';
import { AuditSealService } from './audit-seal.service';

const MINUTE_MS = 60_000;

describe('lines of the journal', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('are sealed within a minute, also after a failed turn', async () => {
    const seal = jest.fn<Promise<number>, [number]>().mockRejectedValueOnce(new Error('no database'));
    const application = await Test.createTestingModule({
      imports: [ScheduleModule.forRoot()],
      providers: [AuditSealJob, { provide: AuditSealService, useValue: { seal } }],
    }).compile();
    application.useLogger(false);
    await application.init();
    await jest.advanceTimersByTimeAsync(MINUTE_MS);
    const turns = seal.mock.calls.map(([waited]) => waited);
    // What was written just after a turn waits for the one at which it has waited long enough.
    const longest = turns[0]! + MINUTE_MS / turns.length;
    expect(longest).toBeLessThanOrEqual(MINUTE_MS);
    await application.close();
  });
});
