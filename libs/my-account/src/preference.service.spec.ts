import type { AccountPhoneService, AccountService } from '@portillon/account';
import type { EnrolmentProofService } from '@portillon/auth';
import type { SecurityChangeService, SignInPolicy } from '@portillon/access';
import type { NotificationService } from '@portillon/notification';
import { Steps } from '@portillon/testing';
import { PreferenceService } from './preference.service';
import { client, own, session } from './testing/own.fixture';

/** Whether the structure allows SMS, SMS can leave, the number is proved at the moment of the change. */
function preferences({ allowed = true, offered = true, proved = true } = {}) {
  const steps = new Steps();
  const service = new PreferenceService(
    steps.transactions,
    steps.of<EnrolmentProofService>('proofs', { require: async () => own() }),
    steps.of<AccountService>('accounts', { setLocale: async () => true }),
    steps.of<AccountPhoneService>('phones', { setCodeChannel: async () => proved }),
    steps.of<SignInPolicy>('policy', { allowsChannel: () => allowed }),
    steps.of<NotificationService>('notifications', { available: () => offered }),
    steps.of<SecurityChangeService>('changes', { complete: async () => undefined }),
  );
  return { steps, service };
}

describe('the way codes come', () => {
  it('changes with the end of whatever was opened before, in one transaction', async () => {
    const { steps, service } = preferences();
    await service.setCodeChannel(session, 'SMS', undefined, client);
    const asked = ['proofs.require', 'policy.allowsChannel', 'notifications.available'];
    const change = ['begin', 'phones.setCodeChannel(tx)', 'changes.complete(tx)', 'commit'];
    expect(steps.taken).toEqual([...asked, ...change]);
  });

  it('ends nothing when it is the same', async () => {
    const { steps, service } = preferences();
    await service.setCodeChannel(session, 'EMAIL', undefined, client);
    expect(steps.taken).toEqual(['proofs.require', 'policy.allowsChannel']);
  });

  it.each([
    ['the structure forbids it', { allowed: false }, 'policy.allowsChannel'],
    ['no SMS can leave', { offered: false }, 'notifications.available'],
    ['the number is no longer proved', { proved: false }, 'rollback'],
  ])('does not become SMS when %s', async (_, state, last) => {
    const { steps, service } = preferences(state);
    await expect(service.setCodeChannel(session, 'SMS', undefined, client)).rejects.toMatchObject({
      code: 'channel.unavailable',
    });
    expect(steps.taken.at(-1)).toBe(last);
  });
});
