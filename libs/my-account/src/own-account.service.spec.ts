import type { SecurityChangeService, ChannelPolicy } from '@portillon/access';
import type { AccountPhoneService, AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { EnrolmentProofService, PasswordCheckService } from '@portillon/auth';
import type { PasswordStrengthService } from '@portillon/credential';
import { AppError } from '@portillon/kernel';
import type { NotificationService } from '@portillon/notification';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { OwnAccountService } from './own-account.service';
import { own, session, client } from './testing/own.fixture';

describe('the account of a session', () => {
  const account = own();
  const service = (admitted: boolean) => {
    const steps = new Steps();
    const read = admitted ? account : { ...account, status: 'DEACTIVATED' as const };
    return new OwnAccountService(
      steps.of<AccountService>('accounts', { get: async () => read }),
      {} as EnrolmentProofService,
      {} as AccountPhoneService,
      {} as ChannelPolicy,
      {} as NotificationService,
      {} as SecurityChangeService,
      {} as AuditService,
      {} as PasswordCheckService,
      {} as PasswordStrengthService,
      {} as SessionService,
    );
  };

  it('is read anew, as it is now', async () => {
    expect(await service(true).get(session)).toBe(account);
  });

  it('opens nothing once it may no longer enter', async () => {
    await expect(service(false).get(session)).rejects.toMatchObject({ code: 'session.required' });
  });
});

const passwords = { currentPassword: 'Trois-Dames-au-Port-2026', newPassword: 'Quatre-Saisons-au-Large-77' };

interface Case {
  held?: boolean;
  /** Whether the stored digest is still the one that was compared. */
  same?: boolean;
  /** Whether the session is still open. */
  open?: boolean;
}

function replacement({ held = true, same = true, open = true }: Case = {}) {
  const steps = new Steps();
  const account = own({ passwordDigest: 'digest of the old one', passwordChangedAt: new Date(0) });
  const rotations: object[] = [];
  const service = new OwnAccountService(
    steps.of<AccountService>('accounts', {
      get: async () => account,
      setPassword: async (_id, _digest, _tx, replacing) => same && replacing === 'digest of the old one',
    }),
    {} as EnrolmentProofService,
    {} as AccountPhoneService,
    {} as ChannelPolicy,
    {} as NotificationService,
    steps.of<SecurityChangeService>('changes', {
      run: (_, work) =>
        steps.transactions.run((tx) => {
          if (!held) throw new AppError('session.required');
          return work(tx);
        }),
      complete: async () => undefined,
    }),
    {} as AuditService,
    steps.of<PasswordCheckService>('currentPassword', { confirm: async () => undefined }),
    steps.of<PasswordStrengthService>('passwords', { digest: async () => 'digest of the new one' }),
    steps.of<SessionService>('sessions', {
      rotate: async (_, changes) => {
        rotations.push(changes);
        return open ? { session, token: 'new token' } : undefined;
      },
    }),
  );
  return { steps, rotations, replace: () => service.replacePassword(session, passwords, client) };
}

describe('a new password', () => {
  it('makes the session no fresher: a password proves one factor', async () => {
    const { rotations, replace } = replacement();
    await replace();
    expect(rotations).toEqual([{}]);
  });

  it.each<[string, Case, string]>([
    ['the account was closed', { held: false }, 'session.required'],
    ['another change came first', { same: false }, 'password.wrong'],
    ['the session ended', { open: false }, 'session.required'],
  ])('changes nothing when %s meanwhile', async (_, happened, code) => {
    const { steps, replace } = replacement(happened);
    await expect(replace()).rejects.toMatchObject({ code });
    expect(steps.taken.at(-1)).toBe('rollback');
  });
});
