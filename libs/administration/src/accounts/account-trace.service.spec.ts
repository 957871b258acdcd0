import type { AccountImportService, EmailChangeService } from '@portillon/account';
import type { AuthenticatorService } from '@portillon/authenticator';
import type { NoticeService } from '@portillon/notification';
import type { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import { Steps } from '@portillon/testing';
import { claire } from '../testing/administrator.fixture';
import { AccountTraceService } from './account-trace.service';

it('the traces of an erased person go from every domain, in the transaction of the erasure', async () => {
  const steps = new Steps();
  const traces = new AccountTraceService(
    steps.of<PendingSignInService>('pendingSignIns', { erase: async () => undefined }),
    steps.of<TrustedDeviceService>('trustedDevices', { erase: async () => undefined }),
    steps.of<SessionService>('sessions', { erase: async () => undefined }),
    steps.of<AuthenticatorService>('authenticators', { erase: async () => undefined }),
    steps.of<EmailChangeService>('emailChanges', { forget: async () => undefined }),
    steps.of<NoticeService>('notices', { forget: async () => undefined }),
    steps.of<AccountImportService>('imports', { forget: async () => undefined }),
  );
  await steps.transactions.run((tx) => traces.erase(claire(), tx));
  expect(steps.taken).toEqual([
    'begin',
    'pendingSignIns.erase(tx)',
    'trustedDevices.erase(tx)',
    'sessions.erase(tx)',
    'authenticators.erase(tx)',
    'emailChanges.forget(tx)',
    'notices.forget(tx)',
    'imports.forget(tx)',
    'commit',
  ]);
});
