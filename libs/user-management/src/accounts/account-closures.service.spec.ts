import type { AccountAdministrationService } from '@portillon/account';
import type { FactorResetService } from '@portillon/access';
import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { AccountClosuresService } from './account-closures.service';

it('a revocation ends the sign-ins in progress first, then the sessions, and is written down', async () => {
  const steps = new ActSteps();
  const service = new AccountClosuresService(
    steps.transactions,
    steps.administered,
    {} as AccountAdministrationService,
    {} as FactorResetService,
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { endAll: async () => 1 }),
    steps.journal,
    steps.notices,
  );
  await service.endSessions(NATIONAL, 'claire');
  expect(steps.taken.filter((step) => step.includes('endAll'))).toEqual([
    'pendingSignIns.endAll(tx)',
    'sessions.endAll(tx)',
  ]);
  expect(steps.journalled).toMatchObject([{ name: 'session_revoked' }]);
});
