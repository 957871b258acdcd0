import { Logger } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Test } from '@nestjs/testing';
import { AuditHeadJob } from '../audit.job';
import { AuditSealService } from './audit-seal.service';

describe('the head of the journal', () => {
  const seals = { state: jest.fn() };
  let told: jest.SpyInstance;

  beforeEach(() => {
    jest.useFakeTimers();
    seals.state.mockResolvedValue({ head: { sequence: 7, digest: 'ab' } });
    told = jest.spyOn(Logger.prototype, 'log').mockImplementation();
  });
  afterEach(() => {
    jest.useRealTimers();
    told.mockRestore();
  });

  async function started(jobs: boolean) {
    const module = await Test.createTestingModule({
      imports: jobs ? [ScheduleModule.forRoot()] : [],
      providers: [AuditHeadJob, { provide: AuditSealService, useValue: seals }],
    }).compile();
    await module.init();
    await jest.advanceTimersByTimeAsync(1);
    return module;
  }

  const heads = () => told.mock.calls.filter(([text]) => text === 'journal sealed up to 7:ab').length;

  it('is logged when a process starts and when it stops', async () => {
    const module = await started(true);
    expect(heads()).toBe(1);
    await module.close();
    expect(heads()).toBe(2);
  });

  it('is not logged by a command', async () => {
    const module = await started(false);
    await module.close();
    expect(heads()).toBe(0);
  });
});
