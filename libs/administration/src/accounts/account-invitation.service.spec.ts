import type { Account, AccountCreation, AccountService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { InvitationService } from '@portillon/recovery';
import { ActSteps } from '../testing/act.fixture';
import { claire, CLIENT, NATIONAL } from '../testing/administrator.fixture';
import type { AccountGrantService } from './account-grant.service';
import { AccountInvitationService } from './account-invitation.service';

const DRAFT = { username: 'claire.martin', email: 'claire@hopital.example', displayName: 'Claire Martin' };
const CREATED: AccountCreation = { status: 'created', account: claire({ status: 'INVITED' }) };

function inviting({ created = CREATED, account = claire(), forbidden = false } = {}) {
  const steps = new ActSteps(account);
  const drafts: object[] = [];
  const inviters: object[] = [];
  const service = new AccountInvitationService(
    steps.transactions,
    steps.administered,
    steps.of<AccountGrantService>('grants', {
      requireGrantable: async () => {
        if (forbidden) throw new AppError('permission.denied');
      },
      structureFor: async () => 'hospital',
    }),
    steps.of<AccountService>('accounts', {
      create: async (draft) => {
        drafts.push(draft);
        return created;
      },
    }),
    steps.of<InvitationService>('invitations', { send: async (_, who) => void inviters.push(who) }),
    steps.journal,
  );
  return { steps, drafts, inviters, service };
}

describe('an invitation', () => {
  it('makes the account, writes to its person and is in the journal, in one transaction', async () => {
    const { steps, drafts, inviters, service } = inviting();
    await service.invite(NATIONAL, DRAFT);
    expect(steps.taken).toEqual([
      'grants.requireGrantable',
      'grants.structureFor',
      'begin',
      'accounts.create(tx)',
      'invitations.send(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
    const given = { roles: ['professional'], structureId: 'hospital', status: 'INVITED' };
    expect(drafts).toEqual([{ ...DRAFT, ...given }]);
    expect(inviters).toEqual([{ id: 'nadia', client: CLIENT }]);
    expect(steps.journalled).toEqual([{ name: 'user_created', data: { roles: ['professional'] } }]);
  });

  it('is not sent for an account that is made closed', async () => {
    const { steps, drafts, service } = inviting();
    await service.invite(NATIONAL, { ...DRAFT, status: 'DEACTIVATED' });
    expect(drafts).toMatchObject([{ status: 'DEACTIVATED' }]);
    expect(steps.taken).toContain('journal.recordOnAccount(tx)');
    expect(steps.taken).not.toContain('invitations.send(tx)');
  });

  it.each<['username-taken' | 'national-id-taken', string]>([
    ['username-taken', 'username'],
    ['national-id-taken', 'nationalId'],
  ])('writes to nobody when the account is %s', async (status, field) => {
    const { steps, service } = inviting({ created: { status } });
    await expect(service.invite(NATIONAL, DRAFT)).rejects.toMatchObject({
      code: 'account.taken',
      errors: [{ field }],
    });
    expect(steps.taken.at(-1)).toBe('rollback');
  });

  it('makes nothing of a role that the administrator may not give', async () => {
    const { steps, service } = inviting({ forbidden: true });
    await expect(service.invite(NATIONAL, DRAFT)).rejects.toMatchObject({ code: 'permission.denied' });
    expect(steps.taken).toEqual(['grants.requireGrantable']);
  });

  it('is sent again to a person who has not accepted it', async () => {
    const { steps, service } = inviting({ account: claire({ status: 'INVITED' }) });
    await service.inviteAgain(NATIONAL, 'claire', 'lost mail');
    const act = [
      'begin',
      'administered.claim(tx)',
      'invitations.send(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
    ];
    expect(steps.taken).toEqual(['administered.touch', ...act, 'administered.get']);
    expect(steps.journalled).toEqual([{ name: 'user_invitation_resent', reason: 'lost mail' }]);
  });

  it.each<Account['status']>(['ACTIVE', 'DEACTIVATED'])('is not sent again: %s', async (status) => {
    const { steps, service } = inviting({ account: claire({ status }) });
    await expect(service.inviteAgain(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.taken).toEqual(['administered.touch']);
  });
});
