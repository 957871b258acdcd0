import type { PendingChange, PendingChangeService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import { ActSteps } from '../testing/act.fixture';
import { claire, NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { ChangeDecisionService } from './change-decision.service';
import type { ChangeEffectService } from './change-effect.service';
import type { SecondAdministratorService } from './second-administrator.service';

/** Hugo asked for it. */
const PENDING = {
  id: 'pending',
  accountId: 'claire',
  kind: 'email',
  value: 'new@h.example',
  requestedBy: 'hugo',
} as PendingChange;

function decision({ waits = true, first = true, second = true, pending = PENDING } = {}) {
  const steps = new ActSteps(claire({ version: 7 }));
  const seen: number[] = [];
  const service = new ChangeDecisionService(
    steps.transactions,
    steps.administered,
    steps.of<PendingChangeService>('pendingChanges', {
      find: async (_, kind) => (waits && kind === pending.kind ? pending : undefined),
      cancel: async () => first,
    }),
    steps.of<SecondAdministratorService>('second', {
      require: async () => {
        if (!second) throw new AppError('act.on-own-request');
      },
    }),
    steps.of<ChangeEffectService>('effects', {
      apply: async (_pending, _before, version) => {
        seen.push(version);
        if (!first) throw new AppError('precondition.failed');
      },
    }),
    steps.journal,
  );
  return { steps, seen, service };
}

describe('a change that waits', () => {
  it('takes effect as a second administrator saw it, with its effects and its line of the journal', async () => {
    const { steps, seen, service } = decision();
    await service.confirm(NATIONAL, 'claire', 'email', 7, 'called her');
    expect(steps.taken).toEqual([
      'administered.touch',
      'pendingChanges.find',
      'second.require',
      'begin',
      'effects.apply(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
      'administered.get',
    ]);
    expect(seen).toEqual([7]);
    expect(steps.journalled).toEqual([{ name: 'email_change_confirmed', reason: 'called her' }]);
  });

  it('is never confirmed by who does not count as a second person', async () => {
    const { steps, service } = decision({ second: false });
    await expect(service.confirm(OF_HOSPITAL, 'claire', 'email', 7)).rejects.toMatchObject({
      code: 'act.on-own-request',
    });
    expect(steps.taken).toEqual(['administered.touch', 'pendingChanges.find', 'second.require']);
  });

  it('is not looked for in a version that is not the one it judged, though it may be there by then', async () => {
    const { steps, service } = decision();
    await expect(service.confirm(NATIONAL, 'claire', 'email', 8)).rejects.toMatchObject({
      code: 'precondition.failed',
    });
    expect(steps.taken).toEqual(['administered.touch']);
  });

  it('that erases is never confirmed by its own person', async () => {
    const pending: PendingChange = { ...PENDING, kind: 'erasure', value: '2026-11-20 lettre' };
    const { steps, service } = decision({ pending });
    await service.confirm(NATIONAL, 'claire', 'erasure', 7);
    expect(steps.taken[0]).toBe('administered.touchOther');
    const data = { change: 'erasure', receivedOn: '2026-11-20' };
    expect(steps.journalled).toEqual([{ name: 'account_change_confirmed', data, reason: undefined }]);
  });

  it('has no effect when another request, an edit or another administrator came first', async () => {
    const { steps, service } = decision({ first: false });
    await expect(service.confirm(NATIONAL, 'claire', 'email', 7)).rejects.toMatchObject({
      code: 'precondition.failed',
    });
    expect(steps.taken.slice(-2)).toEqual(['effects.apply(tx)', 'rollback']);
  });

  it('is cancelled by any administrator, who asked among them', async () => {
    const { steps, service } = decision();
    await service.cancel(OF_HOSPITAL, 'claire', 'email', 'a mistake');
    expect(steps.taken.slice(2, -1)).toEqual([
      'begin',
      'pendingChanges.cancel(tx)',
      'journal.recordOnAccount(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([{ name: 'email_change_cancelled', reason: 'a mistake' }]);
  });

  it.each(['confirm', 'cancel'] as const)('is there, or there is nothing to %s', async (act) => {
    const { service } = decision({ waits: false });
    const done =
      act === 'confirm'
        ? service.confirm(NATIONAL, 'claire', 'email', 7)
        : service.cancel(NATIONAL, 'claire', 'email');
    await expect(done).rejects.toMatchObject({ code: 'account.state' });
  });

  it('is cancelled once', async () => {
    const { steps, service } = decision({ first: false });
    await expect(service.cancel(NATIONAL, 'claire', 'email')).rejects.toMatchObject({
      code: 'account.state',
    });
    expect(steps.journalled).toEqual([]);
  });
});
