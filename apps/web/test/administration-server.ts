import { vi } from 'vitest';
import * as administrationApi from '../src/api/administration.api';
import { ApiProblem } from '../src/api/problem';
import * as sessionApi from '../src/api/session.api';
import { adminAccount, adminAccounts, face, policy, structure, waysIn } from './administration';
import { session } from './samples';

// The spec itself mocks both modules: `vi.mock` is lifted in its own file alone.
export const api = vi.mocked(administrationApi);
export const sessions = vi.mocked(sessionApi);
export const refuse = (code: string, more = {}) => Promise.reject(new ApiProblem(code, more));

export function signedInAs(...roles: string[]) {
  sessions.readSession.mockResolvedValue(session({ account: { ...session().account, id: 'me', roles } }));
}

/** A structure's administrator, one account, two structures: what most specs begin with. */
export function beginAsStructureAdmin() {
  vi.resetAllMocks();
  signedInAs('structure-admin');
  api.listAccounts.mockResolvedValue({
    items: adminAccounts('Claire Martin'),
    nextCursor: null,
    total: null,
  });
  api.listDirectoryChanges.mockResolvedValue({ items: [], nextCursor: null, total: 0 });
  api.listStructures.mockResolvedValue({
    items: [structure(), structure({ id: 's2', name: 'Centre de santé du Port' })],
    nextCursor: null,
  });
  api.getAccountOf.mockResolvedValue(adminAccount());
  api.getWaysInOf.mockResolvedValue(waysIn());
  api.getDevicesOf.mockResolvedValue({ sessions: [], browsers: [] });
  api.getMeansOf.mockResolvedValue({ passkeys: [], totp: null, recoveryCodes: null });
  api.getStructure.mockResolvedValue(structure());
  const nobody = { count: 0, items: [] };
  api.getPolicyEffect.mockResolvedValue({
    people: 2,
    withoutCard: nobody,
    withoutStrongMeans: nobody,
    withoutIdentity: nobody,
    identityRequiredFrom: null,
    strongMeansFrom: null,
    enrolmentUntil: null,
  });
  api.getPolicy.mockResolvedValue(policy());
  api.getFace.mockResolvedValue(face());
}
