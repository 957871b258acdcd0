import { Logger } from '@nestjs/common';
import type { MembershipChangeService } from '@portillon/access';
import type { MembershipRecord, MembershipService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { journalOf, Steps } from '@portillon/testing';
import { MembershipEndJob } from './membership-end.job';

const SOUTH = { id: 'south', name: 'Clinique du Sud' };

/** One turn of the job: each of these people has a membership whose last day is over. */
async function turn(people: { id: string; isOurs?: boolean; fails?: boolean }[]) {
  const steps = new Steps();
  const { audit, entries } = journalOf<AuditService>(steps);
  const one = (id: string) => people.find((person) => person.id === id)!;
  const done: string[] = [];
  const job = new MembershipEndJob(
    steps.transactions,
    steps.of<MembershipService>('memberships', {
      findOver: async () => people.map(({ id }) => ({ accountId: id, structureId: 'south' })),
      endOver: async (id) => one(id).isOurs ?? true,
      find: async () => ({ structure: SOUTH }) as unknown as MembershipRecord,
    }),
    steps.of<MembershipChangeService>('changes', {
      refreshSessions: async (id) => {
        if (one(id).fails) throw new Error('database gone');
        done.push(`sessions of ${id}`);
      },
    }),
    steps.of<SecurityNoticeService>('notices', {
      notify: async (kind, { id }, { structure }) => void done.push(`${kind} ${id} ${structure}`),
    }),
    audit,
  );
  await job.run();
  return { entries, done };
}

describe('a membership whose last day is over', () => {
  it('ends with its rights in open sessions, a line of its structure and a notice', async () => {
    const { entries, done } = await turn([{ id: 'claire' }]);
    expect(done).toEqual(['sessions of claire', 'membership-ended claire Clinique du Sud']);
    const line = { name: 'membership_ended', outcome: 'SUCCESS', reason: 'last-day' };
    expect(entries).toEqual([{ ...line, accountId: 'claire', structureId: 'south' }]);
  });

  it('is left alone when another instance ended it, or it was prolonged meanwhile', async () => {
    expect(await turn([{ id: 'claire', isOurs: false }])).toEqual({ entries: [], done: [] });
  });

  it('keeps no other one waiting when its own turn fails', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const { done } = await turn([{ id: 'claire', fails: true }, { id: 'paul' }]);
    expect(done).toEqual(['sessions of paul', 'membership-ended paul Clinique du Sud']);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('membership of claire in south put off'));
    warn.mockRestore();
  });
});
