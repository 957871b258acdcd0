import type { AccountAdministrationService, PendingEmail, PendingEmailService } from '@portillon/account';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { EmailConfirmationService } from './email-confirmation.service';
import type { EmailReplacementService } from './email-replacement.service';

/** Hugo asked for it. */
const PENDING = {
  id: 'pending',
  accountId: 'claire',
  email: 'new@h.example',
  requestedBy: 'hugo',
} as PendingEmail;

function confirmation({ waits = true, first = true } = {}) {
  const steps = new ActSteps();
  const seen: number[] = [];
  const service = new EmailConfirmationService(
    steps.transactions,
    steps.administered,
    steps.of<PendingEmailService>('pendingEmails', {
      find: async () => (waits ? PENDING : undefined),
      cancel: async () => first,
    }),
    steps.of<AccountAdministrationService>('administration', {
      replaceEmail: async (_, version) => {
        seen.push(version);
        return first;
      },
    }),
    steps.of<EmailReplacementService>('replacement', { apply: async () => undefined }),
    steps.journal,
  );
  return { steps, seen, service };
}

describe('an address that waits', () => {
  it('takes effect as a second administrator saw it, with its effects and its line of the journal', async () => {
    const { steps, seen, service } = confirmation();
    await service.confirm(NATIONAL, 'claire', 7, 'called her');
    expect(steps.taken).toEqual([
      'administered.touch',
      'pendingEmails.find',
      'begin',
      'administration.replaceEmail(tx)',
      'replacement.apply(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
    expect(seen).toEqual([7]);
    expect(steps.journalled).toEqual([{ name: 'email_change_confirmed', reason: 'called her' }]);
  });

  it('is never confirmed by who asked for it', async () => {
    const { steps, service } = confirmation();
    await expect(service.confirm(OF_HOSPITAL, 'claire', 7)).rejects.toMatchObject({
      code: 'act.on-own-request',
    });
    expect(steps.taken).toEqual(['administered.touch', 'pendingEmails.find']);
  });

  it('has no effect when another request, an edit or another administrator came first', async () => {
    const { steps, service } = confirmation({ first: false });
    await expect(service.confirm(NATIONAL, 'claire', 7)).rejects.toMatchObject({
      code: 'precondition.failed',
    });
    expect(steps.taken.slice(-2)).toEqual(['administration.replaceEmail(tx)', 'rollback']);
  });

  it('is cancelled by any administrator, who asked among them', async () => {
    const { steps, service } = confirmation();
    await service.cancel(OF_HOSPITAL, 'claire', 'a mistake');
    expect(steps.taken.slice(2, -1)).toEqual([
      'begin',
      'pendingEmails.cancel(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([{ name: 'email_change_cancelled', reason: 'a mistake' }]);
  });

  it.each(['confirm', 'cancel'] as const)('is there, or there is nothing to %s', async (act) => {
    const { service } = confirmation({ waits: false });
    const done =
      act === 'confirm' ? service.confirm(NATIONAL, 'claire', 7) : service.cancel(NATIONAL, 'claire');
    await expect(done).rejects.toMatchObject({ code: 'account.state' });
  });

  it('is cancelled once', async () => {
    const { steps, service } = confirmation({ first: false });
    await expect(service.cancel(NATIONAL, 'claire')).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.journalled).toEqual([]);
  });
});
