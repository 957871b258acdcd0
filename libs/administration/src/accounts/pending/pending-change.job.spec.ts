import type {
  Account,
  AccountAdministrationService,
  AccountService,
  PendingChange,
  PendingChangeService,
} from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { ApplicationEntity, ApplicationService } from '@portillon/application';
import { Steps } from '@portillon/testing';
import type { AdministeredStructureService, Scope } from '@portillon/user-management';
import { claire } from '@portillon/user-management/testing';
import type { ChangeDecisionService } from './change-decision.service';
import { PendingChangeJob } from './pending-change.job';

/** Hugo, of the hospital, requested it. */
const PENDING = {
  id: 'pending',
  accountId: 'claire',
  kind: 'email',
  value: 'new@h.example',
  requestedBy: 'hugo',
} as PendingChange;
const HUGO = claire({ id: 'hugo', roles: ['structure-admin'] });

async function run({
  hugo = HUGO as Account | null,
  service = null as Partial<ApplicationEntity> | null,
  account = claire(),
  pending = PENDING,
  holder = undefined as Account | undefined,
  national = ['nadia'],
} = {}) {
  const steps = new Steps();
  const journalled: AuditEvent[] = [];
  const people = [account, ...(hugo ? [hugo] : [])];
  const accounts: Partial<AccountService> = {
    getAll: async () => new Map(people.map((one) => [one.id, one])),
    findByNationalId: async () => holder,
  };
  const job = new PendingChangeJob(
    steps.transactions,
    accounts as AccountService,
    { nationalAdministrators: async () => national } as unknown as AccountAdministrationService,
    { get: async () => service } as unknown as ApplicationService,
    { withBelow: async (scope: Scope) => scope } as unknown as AdministeredStructureService,
    steps.of<PendingChangeService>('pendingChanges', {
      due: async () => [pending],
      cancel: async () => true,
    }),
    steps.of<ChangeDecisionService>('decisions', { apply: async () => undefined }),
    steps.of<AuditService>('audit', { record: async (event) => void journalled.push(event) }),
  );
  await job.run();
  return { taken: steps.taken.slice(1), journalled };
}

describe('a change whose 24 hours are over', () => {
  it('takes effect with its effects and its line of the journal, of a closed account too', async () => {
    for (const status of ['ACTIVE', 'DEACTIVATED'] as const) {
      const { taken, journalled } = await run({ account: claire({ status }) });
      expect(taken).toEqual(['begin', 'decisions.apply(tx)', 'audit.record(tx)', 'commit']);
      expect(journalled).toMatchObject([
        { name: 'email_change_applied', accountId: 'claire', actorId: 'hugo' },
      ]);
    }
  });

  const service = {
    status: 'active',
    scopes: ['accounts:write'],
    structureId: 'hospital',
  } satisfies Partial<ApplicationEntity>;

  it('takes effect when a service asked for it that still may', async () => {
    const { journalled } = await run({ hugo: null, service });
    expect(journalled).toMatchObject([{ name: 'email_change_applied' }]);
  });

  it.each<[string, Partial<ApplicationEntity>]>([
    ['was disabled', { status: 'disabled' }],
    ['lost its scope', { scopes: ['accounts:read'] }],
    ['is another structure’s', { structureId: 'clinic' }],
  ])('is cancelled when the service that asked %s', async (_, changes) => {
    const { journalled } = await run({ hugo: null, service: { ...service, ...changes } });
    expect(journalled).toMatchObject([{ name: 'email_change_cancelled', reason: 'role' }]);
  });

  it.each<[string, { hugo?: Account | null; account?: Account }]>([
    ['was closed', { hugo: { ...HUGO, status: 'DEACTIVATED' } }],
    ['administers no more', { hugo: claire({ id: 'hugo', roles: ['professional'] }) }],
    [
      'went to another structure',
      { hugo: claire({ id: 'hugo', roles: HUGO.roles, structure: { id: 'clinic', name: 'Clinic' } }) },
    ],
    ['is gone', { hugo: null }],
    ['has no right over what the account became', { account: claire({ roles: ['national-admin'] }) }],
  ])('is cancelled when who asked %s', async (_, changed) => {
    const { taken, journalled } = await run(changed);
    expect(taken).toEqual(['begin', 'pendingChanges.cancel(tx)', 'audit.record(tx)', 'commit']);
    expect(journalled).toMatchObject([
      { name: 'email_change_cancelled', reason: 'role', accountId: 'claire' },
    ]);
  });

  const CARD = { ...PENDING, kind: 'identity', value: '899700366240' } as const;
  const ROLES = { ...PENDING, kind: 'roles', value: 'professional national-admin' } as const;

  it('links the card, unless another account has it by then', async () => {
    const data = { change: 'identity', nationalId: '89•••••••240' };
    const linked = await run({ pending: CARD });
    expect(linked.journalled).toMatchObject([{ name: 'account_change_applied', data }]);
    const { journalled } = await run({ pending: CARD, holder: claire({ id: 'marc' }) });
    expect(journalled).toMatchObject([{ name: 'account_change_cancelled', reason: 'taken', data }]);
  });

  it('erases the person, but not the last national administrator', async () => {
    const pending = { ...PENDING, kind: 'erasure', value: '2026-11-20 lettre' } as const;
    const data = { change: 'erasure', receivedOn: '2026-11-20' };
    const { taken, journalled } = await run({ pending });
    expect(taken).toEqual(['begin', 'decisions.apply(tx)', 'audit.record(tx)', 'commit']);
    expect(journalled).toMatchObject([{ name: 'account_change_applied', data }]);
    const last = await run({ pending, national: ['claire'] });
    expect(last.taken).not.toContain('decisions.apply(tx)');
    expect(last.journalled).toMatchObject([
      { name: 'account_change_cancelled', reason: 'last-administrator', data },
    ]);
  });

  it('gives no role that who asked for it may not give any more', async () => {
    const { journalled } = await run({ pending: ROLES });
    expect(journalled).toMatchObject([{ name: 'account_change_cancelled', reason: 'role' }]);
    const national = await run({ pending: ROLES, hugo: claire({ id: 'hugo', roles: ['national-admin'] }) });
    expect(national.journalled).toMatchObject([{ name: 'account_change_applied' }]);
  });
});
