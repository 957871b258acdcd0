import type { AccountService } from '@portillon/account';
import type { AuditService } from '@portillon/audit';
import type { FactorResetService } from '@portillon/access';
import type { PasswordAttemptService } from '@portillon/credential';
import type { SecurityNoticeService } from '@portillon/security-notice';
import { CLIENT, journalOf, Steps } from '@portillon/testing';
import { ChosenPasswordService } from './chosen-password.service';
import { claire } from './testing/recovery.fixture';

async function keep(kind: 'INVITATION' | 'PASSWORD_RESET', isStillTheirs = true) {
  const steps = new Steps();
  const { audit, lines } = journalOf<AuditService>(steps);
  const service = new ChosenPasswordService(
    steps.of<AccountService>('accounts', {
      activate: async () => isStillTheirs,
      resetPassword: async () => isStillTheirs,
    }),
    steps.of<PasswordAttemptService>('attempts', { unlock: async () => undefined }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.of<SecurityNoticeService>('notices', { notify: async () => undefined }),
    audit,
  );
  const kept = await steps.transactions.run((tx) => service.keep(kind, claire(), 'digest', CLIENT, tx));
  return { kept, lines, taken: steps.taken.slice(1, -1) };
}

describe('a password that was chosen', () => {
  it('instead of a forgotten one opens the lock of passwords, ends the rest and tells the person', async () => {
    expect(await keep('PASSWORD_RESET')).toEqual({
      kept: true,
      lines: ['authn_password_reset'],
      taken: [
        'accounts.resetPassword(tx)',
        'attempts.unlock(tx)',
        'factorReset.endAll(tx)',
        'notices.notify(tx)',
        'audit.record(tx)',
      ],
    });
  });
});
