import type { Account, AccountService, PendingChangeService } from '@portillon/account';
import type {
  AccountClosuresService,
  AccountEditsService,
  AccountInvitationsService,
  AdministeredAccountService,
  Administrator,
} from '@portillon/user-management';
import { Steps } from '@portillon/testing';
import type { ScimMemberService } from './scim-member.service';
import type { DirectoryFields } from './scim-user';
import { requireVersion, ScimUserService } from './scim-user.service';

const CLAIRE = {
  id: 'claire',
  username: 'claire.martin',
  displayName: 'Claire Martin',
  email: 'claire@hopital.example',
  externalId: 'e1',
  removedAt: null,
  status: 'ACTIVE',
  structure: { id: 'nord' },
  version: 3,
} as unknown as Account;
const SAME: DirectoryFields = {
  username: 'claire.martin',
  displayName: 'Claire Martin',
  email: 'claire@hopital.example',
  externalId: 'e1',
  active: true,
};
const DIRECTORY = { actor: { structure: { id: 'nord' } } } as unknown as Administrator;
const SEEN = { version: 'W/"3"' };

describe('a directory that changes an account', () => {
  it('closes the account of a person who left before anything else, and edits what is then', async () => {
    const steps = new Steps();
    const edits: unknown[] = [];
    const service = new ScimUserService(
      steps.of<AccountService>('accounts', {}),
      steps.of<PendingChangeService>('pending', {}),
      steps.of<ScimMemberService>('members', {}),
      steps.of<AdministeredAccountService>('administered', {}),
      steps.of<AccountInvitationsService>('invitations', {}),
      steps.of<AccountEditsService>('editing', { edit: async (...of) => (edits.push(of.slice(1)), CLAIRE) }),
      steps.of<AccountClosuresService>('closure', {
        close: async () => ({ ...CLAIRE, status: 'DEACTIVATED', version: 9 }),
      }),
    );
    await service.update(
      DIRECTORY,
      { kind: 'managed', account: CLAIRE },
      { ...SAME, active: false, displayName: 'Partie' },
    );
    // Version 9 is that of the closed account.
    expect(edits).toEqual([['claire', { displayName: 'Partie' }, 9]]);
  });
});

describe('the version that a change says it saw', () => {
  it.each([undefined, '*', ' * ', 'W/"3"', '"3"', ' W/"3" '])('holds: %j', (header) => {
    expect(() => requireVersion(SEEN, header)).not.toThrow();
  });

  it.each(['W/"2"', '3', '', 'W/"3', 'x W/"3"'])('has moved: %j', (header) => {
    expect(() => requireVersion(SEEN, header)).toThrow(
      expect.objectContaining({ code: 'precondition.failed' }) as Error,
    );
  });
});
