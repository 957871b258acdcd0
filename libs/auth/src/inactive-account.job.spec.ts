import { Logger } from '@nestjs/common';
import type { FactorResetService } from '@portillon/access';
import type {
  AccountAdministrationService,
  InactiveAccount,
  AccountRetentionService,
  InactivityStep,
} from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { journalOf, Steps } from '@portillon/testing';
import { InactiveAccountJob } from './inactive-account.job';

const BLOCKED_AT = new Date('2026-12-24');
const WARN: InactivityStep = { act: 'warn', blockedAt: BLOCKED_AT };
const BLOCK: InactivityStep = { act: 'block' };
const absent = (accountId: string, step: InactivityStep) => ({ accountId, step }) as InactiveAccount;

interface World {
  due: InactiveAccount[];
  /** Whether the account is still unused, and no other instance was first. */
  isOurs?: boolean;
  /** Whether a national administrator remains without this account. */
  staysNational?: boolean;
  /** Whose turn fails. */
  failing?: string;
}

/** One turn of the job. */
async function turn({ due, isOurs = true, staysNational = true, failing }: World) {
  const steps = new Steps();
  const { audit, entries, lines } = journalOf<AuditService>(steps);
  const applied: string[] = [];
  const notified: unknown[] = [];
  const ended: string[] = [];
  const job = new InactiveAccountJob(
    steps.transactions,
    steps.of<AccountRetentionService>('absences', {
      findUnchecked: async () => due,
      applyStep: async ({ accountId, step }) => {
        if (accountId === failing) throw new Error('database gone');
        applied.push(`${accountId} ${step.act}`);
        return isOurs;
      },
    }),
    steps.of<AccountAdministrationService>('accounts', { staysNational: async () => staysNational }),
    steps.of<FactorResetService>('factors', {
      endAll: async (id, reason) => void ended.push(`${id} ${reason}`),
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { until }) => void notified.push([kind, id, until]),
    }),
    audit,
  );
  await job.run();
  return { taken: steps.taken, applied, notified, ended, entries, lines };
}

describe('an account that is not used', () => {
  it('is written to before it is closed, in the transaction that notes it', async () => {
    const { taken, notified, ended } = await turn({ due: [absent('claire', WARN)] });
    expect(taken).toEqual([
      'absences.findUnchecked',
      'begin',
      'absences.applyStep(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(notified).toEqual([['long-absence', 'claire', BLOCKED_AT]]);
    expect(ended).toEqual([]);
  });

  it('is closed with all that opens it, and the journal says why', async () => {
    const { taken, notified, ended, entries } = await turn({ due: [absent('claire', BLOCK)] });
    expect(taken).toEqual([
      'absences.findUnchecked',
      'begin',
      'accounts.staysNational(tx)',
      'absences.applyStep(tx)',
      'factors.endAll(tx)',
      'audit.record(tx)',
      'commit',
    ]);
    expect(ended).toEqual(['claire long-absence']);
    const line = { name: 'user_archived', outcome: 'SUCCESS', accountId: 'claire', reason: 'long-absence' };
    expect(entries).toEqual([line]);
    expect(notified).toEqual([]);
  });

  it('is left alone whose day has not come', async () => {
    const { applied, notified } = await turn({ due: [absent('claire', { act: 'wait' })] });
    expect(applied).toEqual(['claire wait']);
    expect(notified).toEqual([]);
  });

  it.each([[WARN], [BLOCK]])(
    'is left alone by the second instance, or when the person came back: %j',
    async (step) => {
      const { notified, ended, lines } = await turn({ due: [absent('claire', step)], isOurs: false });
      expect([notified, ended, lines]).toEqual([[], [], []]);
    },
  );

  it('stays open where it is that of the last national administrator, and is looked at again', async () => {
    const { applied, ended, lines } = await turn({ due: [absent('claire', BLOCK)], staysNational: false });
    expect(applied).toEqual(['claire wait']);
    expect([ended, lines]).toEqual([[], []]);
  });

  it('keeps no other account waiting when its own turn fails', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const { notified } = await turn({
      due: [absent('claire', WARN), absent('paul', WARN)],
      failing: 'claire',
    });
    expect(notified).toEqual([['long-absence', 'paul', BLOCKED_AT]]);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('account claire put off'));
    warn.mockRestore();
  });
});
