import { beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { account, challenge, NOW, unverified, verified } from '../../../test/samples';
import { inScope } from '../../../test/scope';
import * as api from '../../api/account.api';
import { ApiProblem } from '../../api/problem';
import type { Account } from '../../api/types';
import { keepChallenge, keptChallenge } from '../../composables/kept-challenge';
import { usePhoneSetup } from './phone-setup';

vi.mock('../../api/account.api');
const server = vi.mocked(api);
const sms = challenge({ purpose: 'phone-verification', channel: 'SMS' });

function start(initial: Account) {
  const current = shallowRef(initial);
  const setup = inScope(() =>
    usePhoneSetup(
      () => current.value,
      (next) => (current.value = next),
    ),
  );
  return { current, ...setup };
}

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.resetAllMocks();
  server.setPhone.mockResolvedValue(account({ phone: unverified }));
  server.requestPhoneVerification.mockResolvedValue(sms);
  server.removePhone.mockResolvedValue(account());
});

describe('setting up the telephone', () => {
  it('has no status before a number is typed, and « Non validé » from then on', () => {
    const setup = start(account());
    expect(setup.status.value).toBe('NONE');
    setup.entry.value = '06 12 34 56 78';
    expect(setup.status.value).toBe('UNVERIFIED');
  });

  it('« Vérifier » saves the number as it was typed, sends the code, and opens the dialog', async () => {
    const setup = start(account());
    setup.entry.value = ' 06 12 34 56 78 ';
    await setup.verify();
    expect(server.setPhone).toHaveBeenCalledExactlyOnceWith('06 12 34 56 78');
    expect(server.requestPhoneVerification).toHaveBeenCalledOnce();
    expect(setup.asked.value).toBe('verification');
    expect(setup.entry.value).toBe(unverified.number);
    expect(setup.status.value).toBe('UNVERIFIED');
  });

  it('opens no dialog for a number that is refused, and keeps what was typed', async () => {
    server.setPhone.mockRejectedValue(new ApiProblem('phone.not-mobile'));
    const setup = start(account());
    setup.entry.value = '01 40 00 00 00';
    await setup.verify();
    expect(setup.problem.value?.code).toBe('phone.not-mobile');
    expect(setup.asked.value).toBeNull();
    expect(setup.entry.value).toBe('01 40 00 00 00');
    expect(server.requestPhoneVerification).not.toHaveBeenCalled();
  });

  it('sends no second message when the dialog was only closed', async () => {
    const setup = start(account({ phone: unverified }));
    await setup.verify();
    setup.close();
    await setup.verify();
    expect(server.requestPhoneVerification).toHaveBeenCalledTimes(1);
    expect(setup.asked.value).toBe('verification');
  });

  it('forgets the code of the number before', async () => {
    keepChallenge(sms);
    const setup = start(account({ phone: unverified }));
    setup.entry.value = '07 98 76 54 32';
    await setup.verify();
    expect(server.requestPhoneVerification).toHaveBeenCalledTimes(1);
  });

  it('opens the dialog on the failure when the SMS could not leave', async () => {
    server.requestPhoneVerification.mockRejectedValue(new ApiProblem('delivery.failed', { challenge: sms }));
    const setup = start(account({ phone: unverified }));
    await setup.verify();
    expect(setup.asked.value).toBe('verification');
    expect(setup.failure.value?.code).toBe('delivery.failed');
  });
});

describe('the preference', () => {
  it('cannot be SMS before the number is proved', () => {
    expect(start(account()).smsAllowed.value).toBe(false);
    expect(start(account({ phone: unverified })).smsAllowed.value).toBe(false);
    expect(start(account({ phone: verified })).smsAllowed.value).toBe(true);
  });

  it('is not moved by proving the number', () => {
    const setup = start(account({ phone: unverified }));
    setup.verified(account({ phone: verified }));
    expect(setup.outcome.value).toBe('verified');
    expect(setup.channel.value).toBe('EMAIL');
    expect(server.updateAccount).not.toHaveBeenCalled();
  });

  it('is saved by « Enregistrer » alone', async () => {
    server.updateAccount.mockResolvedValue(account({ phone: verified, codeChannel: 'SMS' }));
    const setup = start(account({ phone: verified }));
    setup.channel.value = 'SMS';
    await setup.save();
    expect(server.updateAccount).toHaveBeenCalledExactlyOnceWith({ codeChannel: 'SMS' });
    expect(server.setPhone).not.toHaveBeenCalled();
    expect(setup.outcome.value).toBe('saved');
  });

  it('falls back to EMAIL while another number is typed, and returns with the old one', async () => {
    const setup = start(account({ phone: verified, codeChannel: 'SMS' }));
    setup.entry.value = '07 98 76 54 32';
    await nextTick();
    expect(setup.channel.value).toBe('EMAIL');
    setup.entry.value = verified.number!;
    await nextTick();
    expect(setup.channel.value).toBe('SMS');
  });

  it('says what is still to do when a number is saved without its proof', async () => {
    const setup = start(account());
    setup.entry.value = '0692 12 34 56';
    await setup.save();
    expect(server.setPhone).toHaveBeenCalledWith('0692 12 34 56');
    expect(setup.outcome.value).toBe('savedUnverified');
  });
});

describe('a number already there', () => {
  it('is typed anew, not corrected through its mask', async () => {
    const setup = start(account({ phone: verified }));
    setup.entry.value = '+33 6 •• •• •• 79';
    expect(setup.halfMasked.value).toBe(true);
    await setup.verify();
    await setup.save();
    expect(server.setPhone).not.toHaveBeenCalled();
    expect(setup.outcome.value).toBeNull();
  });

  it('is removed only after a confirmation, also when the field was emptied', async () => {
    const setup = start(account({ phone: verified }));
    setup.entry.value = '';
    await setup.save();
    expect(setup.asked.value).toBe('removal');
    expect(server.removePhone).not.toHaveBeenCalled();
    setup.close();
    expect(setup.entry.value).toBe(verified.number);
    setup.askRemoval();
    await setup.remove();
    expect(server.removePhone).toHaveBeenCalledOnce();
    expect(setup.outcome.value).toBe('removed');
    expect(setup.status.value).toBe('NONE');
    expect(keptChallenge('phone-verification')).toBeNull();
  });
});
