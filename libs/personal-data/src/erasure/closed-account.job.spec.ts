import { Logger } from '@nestjs/common';
import type { Account, AccountService, AccountRetentionService } from '@portillon/account';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { Steps } from '@portillon/testing';
import { ClosedAccountJob } from './closed-account.job';
import type { ErasureService } from './erasure.service';

const [CLOSED_AT, ERASED_AT] = [new Date('2024-11-01'), new Date('2026-11-01')];

interface World {
  unnotified?: string[];
  /** Whose turn fails. */
  failing?: string;
}

/** One turn of the job. */
async function turn({ unnotified = [], failing }: World) {
  const steps = new Steps();
  const notified: unknown[] = [];
  const job = new ClosedAccountJob(
    steps.transactions,
    steps.of<AccountRetentionService>('closed', {
      findUnnotified: async () =>
        unnotified.map((accountId) => ({ accountId, closedAt: CLOSED_AT, erasedAt: ERASED_AT })),
      setErasure: async ({ accountId }) => {
        if (accountId === failing) throw new Error('database gone');
        return true;
      },
      findOverdue: async () => [],
    }),
    { get: async (id: string) => ({ id, status: 'DEACTIVATED' }) as Account } as unknown as AccountService,
    steps.of<ErasureService>('erasure', { erase: async () => 'erased' as const }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { until }) => void notified.push([kind, id, until]),
    }),
  );
  await job.run();
  return { taken: steps.taken, notified };
}

describe('an account that has been closed for long', () => {
  it('has its holder notified of the day, in the transaction that sets it', async () => {
    const { taken, notified } = await turn({ unnotified: ['claire'] });
    expect(taken).toEqual([
      'closed.findUnnotified',
      'begin',
      'closed.setErasure(tx)',
      'notices.notify(tx)',
      'commit',
      'closed.findOverdue',
    ]);
    expect(notified).toEqual([['erasure-due', 'claire', ERASED_AT]]);
  });

  it('keeps no other account waiting when its own turn fails', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const { notified } = await turn({ unnotified: ['claire', 'paul'], failing: 'claire' });
    expect(notified).toEqual([['erasure-due', 'paul', ERASED_AT]]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('account claire put off'));
    warn.mockRestore();
  });
});
