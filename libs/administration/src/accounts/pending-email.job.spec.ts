import type {
  Account,
  AccountAdministrationService,
  AccountService,
  PendingEmail,
  PendingEmailService,
} from '@portillon/account';
import type { AuditEvent, AuditService } from '@portillon/audit';
import type { ApplicationEntity, ApplicationRepository } from '@portillon/application';
import { Steps } from '@portillon/testing';
import { claire } from '../testing/administrator.fixture';
import type { EmailReplacementService } from './email-replacement.service';
import { PendingEmailJob } from './pending-email.job';

/** Hugo, of the hospital, asked for it. */
const PENDING = {
  id: 'pending',
  accountId: 'claire',
  email: 'new@h.example',
  requestedBy: 'hugo',
} as PendingEmail;
const HUGO = claire({ id: 'hugo', roles: ['structure-admin'] });

async function run({
  hugo = HUGO as Account | null,
  service = null as Partial<ApplicationEntity> | null,
  account = claire(),
  first = true,
} = {}) {
  const steps = new Steps();
  const journalled: AuditEvent[] = [];
  const people = [account, ...(hugo ? [hugo] : [])];
  const job = new PendingEmailJob(
    steps.transactions,
    steps.of<AccountService>('accounts', { getAll: async () => new Map(people.map((one) => [one.id, one])) }),
    steps.of<ApplicationRepository>('applications', { find: async () => service as ApplicationEntity }),
    steps.of<PendingEmailService>('pendingEmails', { due: async () => [PENDING], cancel: async () => first }),
    steps.of<AccountAdministrationService>('administration', { replaceEmail: async () => first }),
    steps.of<EmailReplacementService>('replacement', { apply: async () => undefined }),
    steps.of<AuditService>('audit', { record: async (event) => void journalled.push(event) }),
  );
  await job.run();
  return { taken: steps.taken.slice(3), journalled };
}

describe('an address whose 24 hours are over', () => {
  it('takes effect with its effects and its line of the journal, of a closed account too', async () => {
    for (const status of ['ACTIVE', 'DEACTIVATED'] as const) {
      const { taken, journalled } = await run({ account: claire({ status }) });
      const act = ['administration.replaceEmail(tx)', 'replacement.apply(tx)', 'audit.record(tx)'];
      expect(taken).toEqual(['begin', ...act, 'commit']);
      expect(journalled).toMatchObject([
        { name: 'email_change_applied', accountId: 'claire', actorId: 'hugo' },
      ]);
    }
  });

  it('is left alone when another instance, an edit or a cancelling came first', async () => {
    const { taken, journalled } = await run({ first: false });
    expect(taken).toEqual(['begin', 'administration.replaceEmail(tx)', 'rollback']);
    expect(journalled).toEqual([]);
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
    ['administers no more', { hugo: { ...HUGO, roles: ['professional'] } }],
    ['went to another structure', { hugo: { ...HUGO, structure: { id: 'clinic', name: 'Clinic' } } }],
    ['is gone', { hugo: null }],
    ['has no right over what the account became', { account: claire({ roles: ['national-admin'] }) }],
  ])('is cancelled when who asked %s', async (_, changed) => {
    const { taken, journalled } = await run(changed);
    expect(taken).toEqual(['begin', 'pendingEmails.cancel(tx)', 'audit.record(tx)', 'commit']);
    expect(journalled).toMatchObject([
      { name: 'email_change_cancelled', reason: 'role', accountId: 'claire' },
    ]);
  });
});
