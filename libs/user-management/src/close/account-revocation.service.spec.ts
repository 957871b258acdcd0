import type { PendingSignInService, SessionService } from '@portillon/session';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL } from '../testing/administrator.fixture';
import { AccountRevocationService } from './account-revocation.service';

function revocation() {
  const steps = new ActSteps();
  const service = new AccountRevocationService(
    steps.transactions,
    steps.administered,
    steps.of<PendingSignInService>('pendingSignIns', { endAll: async () => 1 }),
    steps.of<SessionService>('sessions', { endAll: async () => 1 }),
    steps.journal,
  );
  return { steps, service };
}

it('a revocation ends the sign-ins in progress first, then the sessions, and is written down', async () => {
  const { steps, service } = revocation();
  await service.revoke(NATIONAL, 'claire');
  expect(steps.taken.filter((step) => step.includes('endAll'))).toEqual([
    'pendingSignIns.endAll(tx)',
    'sessions.endAll(tx)',
  ]);
  expect(steps.journalled).toMatchObject([{ name: 'session_revoked' }]);
});
