import type { Account, AccountService, InvitationWaveService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { IpThrottleService } from '@portillon/access';
import type { AccountTokenKind, AccountTokenService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { LinkCheckService } from './link-check.service';
import { claire } from './testing/recovery.fixture';

/** `isOver`: too many bad links came from the address. */
function checking(account: Account | undefined, { isOver = false } = {}) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const service = new LinkCheckService(
    steps.of<IpThrottleService>('throttle', {
      countBadLink: async () => {
        if (isOver) throw new AppError('attempts.exceeded');
      },
    }),
    steps.of<AccountTokenService>('tokens', { find: async () => account?.id }),
    steps.of<AccountService>('accounts', { get: async () => account }),
    steps.of<InvitationWaveService>('waves', { recordOpened: async () => undefined }),
    audit,
  );
  return { steps, lines, holder: (kind: AccountTokenKind) => service.holder(kind, 'id.secret', CLIENT) };
}

describe('a link', () => {
  it('that is good opens, however many bad ones came from its address', async () => {
    const { holder } = checking(claire(), { isOver: true });
    expect(await holder('PASSWORD_RESET')).toEqual(claire());
  });

  it.each([
    ['INVITATION', 'INVITED', 1],
    ['PASSWORD_RESET', 'ACTIVE', 0],
  ] as const)(
    '(%s) that is good counts as opened in a wave of invitations only',
    async (kind, status, times) => {
      const { steps, holder } = checking(claire({ status }));
      await holder(kind);
      expect(steps.taken.filter((step) => step.startsWith('waves.recordOpened'))).toHaveLength(times);
    },
  );

  it('that is bad fills no journal once too many came from its address', async () => {
    const { lines, holder } = checking(undefined, { isOver: true });
    await expect(holder('PASSWORD_RESET')).rejects.toMatchObject({ code: 'attempts.exceeded' });
    expect(lines).toEqual([]);
  });

  it.each<[string, Account | undefined, AccountTokenKind, string]>([
    ['is no link', undefined, 'PASSWORD_RESET', 'authn_password_reset_fail link-not-good'],
    ['invites who has come', claire(), 'INVITATION', 'user_activated_fail link-not-for-account'],
    [
      'resets who was deactivated',
      claire({ status: 'DEACTIVATED' }),
      'PASSWORD_RESET',
      'authn_password_reset_fail link-not-for-account',
    ],
  ])('that %s is a counted failure with one answer', async (_, account, kind, line) => {
    const { steps, lines, holder } = checking(account);
    await expect(holder(kind)).rejects.toMatchObject({ code: 'token.rejected' });
    expect(steps.taken).toContain('throttle.countBadLink');
    expect(lines).toEqual([line]);
  });
});
