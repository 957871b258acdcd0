import type { FactorResetService } from '@portillon/auth';
import type { Passkey, PasskeyService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { NATIONAL, OF_HOSPITAL } from '../testing/administrator.fixture';
import { AccountPasskeyService } from './account-passkey.service';

function passkeys({ ended = true, proved = true } = {}) {
  const steps = new ActSteps();
  const service = new AccountPasskeyService(
    steps.transactions,
    steps.administered,
    steps.of<PasskeyService>('passkeys', {
      list: async () => [{ id: 'key' } as Passkey],
      end: async () => ended,
      proveInPerson: async () => proved,
    }),
    steps.of<FactorResetService>('factorReset', { endAll: async () => undefined }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('a passkey of a person', () => {
  it('is ended by an administrator with all that it may have opened, and the person is notified', async () => {
    const { steps, service } = passkeys();
    await service.end(OF_HOSPITAL, 'claire', 'key', 'lost');
    expect(steps.taken).toEqual([
      'administered.touch',
      'begin',
      'passkeys.end(tx)',
      'factorReset.endAll(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([
      { name: 'passkey_removed', reason: 'lost', data: { passkeyId: 'key' } },
    ]);
    expect(steps.told).toEqual([['passkey-ended', 'claire', { by: 'administrator' }]]);
  });

  it('that is not the person’s ends nothing', async () => {
    const { steps, service } = passkeys({ ended: false });
    await expect(service.end(NATIONAL, 'claire', 'other')).rejects.toMatchObject({ code: 'not-found' });
    expect(steps.taken.at(-1)).toBe('rollback');
    expect(steps.journalled).toEqual([]);
  });

  it('is attested face to face, on another’s account alone', async () => {
    const { steps, service } = passkeys();
    await service.proveInPerson(OF_HOSPITAL, 'claire', 'key', 'badge seen');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'passkeys.list',
      'begin',
      'passkeys.proveInPerson(tx)',
      'journal.recordOnAccount(tx)',
      'notices.notify(tx)',
      'commit',
    ]);
    expect(steps.journalled).toEqual([
      { name: 'passkey_identity_proven', reason: 'badge seen', data: { passkeyId: 'key' } },
    ]);
    expect(steps.told).toEqual([['passkey-identity-proven', 'claire', { by: 'administrator' }]]);
  });

  it('is not attested when it is another person’s, or proven already', async () => {
    const unknown = passkeys().service.proveInPerson(OF_HOSPITAL, 'claire', 'other', 'badge seen');
    await expect(unknown).rejects.toMatchObject({ code: 'not-found' });
    const { steps, service } = passkeys({ proved: false });
    const again = service.proveInPerson(OF_HOSPITAL, 'claire', 'key', 'badge seen');
    await expect(again).rejects.toMatchObject({ code: 'account.state' });
    expect(steps.journalled).toEqual([]);
  });
});
