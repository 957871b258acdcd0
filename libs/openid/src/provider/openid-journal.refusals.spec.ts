import { Logger } from '@nestjs/common';
import type { ApplicationRefusals } from '@portillon/application';
import type { AuditStatisticsService } from '@portillon/audit';
import { DAY } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { OpenidJournalService } from './openid-journal.service';

const REFUSAL = { code: 'invalid_target', detail: 'https://api.example' };

function recorder(refusals: Partial<ApplicationRefusals> = {}) {
  let counted = 0;
  const kept: string[][] = [];
  const clock = new SettableClock();
  const unused = {} as never;
  const service = new OpenidJournalService(
    unused,
    unused,
    unused,
    unused,
    { record: async (...refusal: string[]) => void kept.push(refusal), ...refusals } as ApplicationRefusals,
    { countRefusal: async () => void counted++ } as Partial<AuditStatisticsService> as AuditStatisticsService,
    clock,
  );
  return { kept, counted: () => counted, clock, service };
}

describe('what an application was refused', () => {
  it('is kept and counted once, also where the journal counts it', async () => {
    const { service, kept, counted } = recorder();
    await service.recordRefusal('agenda', REFUSAL);
    await service.recordRefusal('agenda', REFUSAL, true);
    expect(kept).toEqual(Array(2).fill(['agenda', 'invalid_target', 'https://api.example']));
    expect(counted()).toBe(1);
  });

  it('is answered all the same when it cannot be kept', async () => {
    const warned = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const { service } = recorder({ record: () => Promise.reject(new Error('no database')) });
    await service.recordRefusal('agenda', REFUSAL);
    expect(warned).toHaveBeenCalledWith(new Error('no database'));
    warned.mockRestore();
  });

  it('has each scope that was left out once a day', async () => {
    const { service, kept, clock } = recorder();
    const email = { code: 'scope_not_granted', detail: 'email' };
    const off = { code: 'scope_switched_off', detail: 'claimMail-off' };
    await service.recordLeftOut('agenda', [email, off, email]);
    await service.recordLeftOut('agenda', [email]);
    await service.recordLeftOut('planning', [email]);
    expect(kept).toEqual([
      ['agenda', 'scope_not_granted', 'email'],
      ['agenda', 'scope_switched_off', 'claimMail-off'],
      ['planning', 'scope_not_granted', 'email'],
    ]);
    clock.advance(DAY);
    await service.recordLeftOut('agenda', [email]);
    expect(kept).toHaveLength(4);
  });
});
