import { AppError } from '@portillon/kernel';
import type { PasswordCheckService } from '@portillon/auth';
import type { SecurityChangeService } from '@portillon/access';
import type { AccountService } from '@portillon/account';
import type { PasswordStrengthService } from '@portillon/credential';
import type { SessionService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import type { OwnAccountService } from '../own-account.service';
import { OwnMeansService } from './own-means.service';
import { client, own, session } from '../testing/own.fixture';

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
  const service = new OwnMeansService(
    steps.of<OwnAccountService>('own', { get: async () => account }),
    steps.of<PasswordCheckService>('currentPassword', { confirm: async () => undefined }),
    steps.of<PasswordStrengthService>('passwords', { digest: async () => 'digest of the new one' }),
    steps.of<AccountService>('accounts', {
      setPassword: async (_id, _digest, _tx, replacing) => same && replacing === 'digest of the old one',
    }),
    steps.of<SecurityChangeService>('changes', {
      run: (_, work) =>
        steps.transactions.run((tx) => {
          if (!held) throw new AppError('session.required');
          return work(tx);
        }),
      complete: async () => undefined,
    }),
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
