import type { Passkey, PasskeyService } from '@portillon/authenticator';
import { ActSteps } from '../testing/act.fixture';
import { OF_HOSPITAL } from '../testing/administrator.fixture';
import { PasskeyIdentityService } from './passkey-identity.service';

function passkeys({ proved = true } = {}) {
  const steps = new ActSteps();
  const service = new PasskeyIdentityService(
    steps.transactions,
    steps.administered,
    steps.of<PasskeyService>('passkeys', {
      list: async () => [{ id: 'key' } as Passkey],
      proveInPerson: async () => proved,
    }),
    steps.journal,
    steps.notices,
  );
  return { steps, service };
}

describe('a passkey of a person', () => {
  it('is attested face to face, on another’s account alone', async () => {
    const { steps, service } = passkeys();
    await service.proveInPerson(OF_HOSPITAL, 'claire', 'key', 'badge seen');
    expect(steps.taken).toEqual([
      'administered.touchOther',
      'passkeys.list',
      'begin',
      'administered.claim(tx)',
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
