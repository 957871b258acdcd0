import { Logger } from '@nestjs/common';
import type { DueMovedPassword, MovedPasswordService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { journalOf, Steps } from '@portillon/testing';
import { MovedPasswordJob } from './moved-password.job';

const ENDS_AT = new Date('2027-12-31');
const WARN = { act: 'warn', endsAt: ENDS_AT, dueAt: ENDS_AT } as const;
const END = { act: 'end' } as const;
const due = (accountId: string, step: DueMovedPassword['step']) => ({ accountId, step }) as DueMovedPassword;

/** One turn of the job; `isOurs`: no other instance was first, and the person did not use the password. */
async function turn(all: DueMovedPassword[], isOurs: (id: string) => boolean = () => true) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const notified: unknown[] = [];
  const job = new MovedPasswordJob(
    steps.transactions,
    steps.of<MovedPasswordService>('moved', {
      findDue: async () => all,
      applyStep: async ({ accountId }) => isOurs(accountId),
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { until }) => void notified.push([kind, id, until]),
    }),
    audit,
  );
  await job.run();
  return { taken: steps.taken, notified, entries };
}

describe('a password that moved in', () => {
  it('is announced in the transaction that records the warning', async () => {
    const { taken, notified, entries } = await turn([due('claire', WARN)]);
    expect(taken).toEqual(['moved.findDue', 'begin', 'moved.applyStep(tx)', 'notices.notify(tx)', 'commit']);
    expect(notified).toEqual([['moved-password-ending', 'claire', ENDS_AT]]);
    expect(entries).toEqual([]);
  });

  it('ends with a line in the journal, in one transaction', async () => {
    const { taken, notified, entries } = await turn([due('claire', END)]);
    expect(taken).toEqual(['moved.findDue', 'begin', 'moved.applyStep(tx)', 'audit.record(tx)', 'commit']);
    expect(entries).toEqual([{ name: 'moved_password_ended', outcome: 'SUCCESS', accountId: 'claire' }]);
    expect(notified).toEqual([]);
  });

  it('that was used meanwhile is left alone, and one failure stops no other', async () => {
    Logger.overrideLogger(false);
    const { notified, entries } = await turn(
      [due('used', END), due('failing', WARN), due('claire', WARN)],
      (id) => {
        if (id === 'failing') throw new Error('database gone');
        return id !== 'used';
      },
    );
    expect(notified).toEqual([['moved-password-ending', 'claire', ENDS_AT]]);
    expect(entries).toEqual([]);
  });
});
