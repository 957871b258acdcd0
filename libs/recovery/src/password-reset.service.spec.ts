import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { ResetRequestService } from '@portillon/credential';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import type { InvitationService } from './invitation.service';
import { PasswordResetService } from './password-reset.service';
import type { ResetLimitService } from './reset-limit.service';
import { claire } from './testing/recovery.fixture';

interface World {
  /** Whether no other instance answered. */
  isMine?: boolean;
  write?: () => Promise<void>;
}

/** One request in the queue, and what comes of it. */
async function answer({ isMine = true, write = async () => undefined }: World = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const request = { id: 'request', name: 'claire.martin', client: CLIENT };
  const service = new PasswordResetService(
    steps.transactions,
    steps.of<ResetRequestService>('requests', { waiting: async () => [request], take: async () => isMine }),
    steps.of<AccountService>('accounts', {
      findByUsername: async () => claire(),
    }),
    steps.of<ResetLimitService>('limits', {
      countLink: async () => [],
      giveBackLinks: async () => undefined,
      receipt: () => 'receipt',
    }),
    steps.of<InvitationService>('invitations', { sendPasswordLink: write }),
    audit,
  );
  const answered = await service.answerWaiting(10);
  return { steps, lines, answered };
}

describe('a request for a new password', () => {
  it('is looked up and counted before it is taken, and answered in the transaction that takes it', async () => {
    const { steps, lines, answered } = await answer();
    expect(answered).toBe(1);
    expect(steps.taken).toEqual([
      'requests.waiting',
      'accounts.findByUsername',
      'limits.countLink',
      'begin',
      'requests.take(tx)',
      'limits.receipt',
      'audit.record(tx)',
      'invitations.sendPasswordLink(tx)',
      'commit',
    ]);
    expect(lines).toEqual(['authn_password_reset_request']);
  });

  it('that another instance answers writes nothing here, and its link is not counted twice', async () => {
    const { steps, lines, answered } = await answer({ isMine: false });
    expect(answered).toBe(0);
    expect(lines).toEqual([]);
    expect(steps.taken).toContain('limits.giveBackLinks');
    expect(steps.taken).not.toContain('invitations.sendPasswordLink(tx)');
  });

  it('that fails is put off, and its link is not counted', async () => {
    const { steps, answered } = await answer({
      write: () => Promise.reject(new Error('the disk is full')),
    });
    expect(answered).toBe(0);
    expect(steps.taken).toContain('rollback');
    expect(steps.taken).toContain('limits.giveBackLinks');
  });
});
