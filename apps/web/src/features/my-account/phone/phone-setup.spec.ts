import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { nextTick, shallowRef } from 'vue';
import { account, challenge, NOW, unverified, verified } from '../../../../test/samples';
import { inScope } from '../../../../test/scope';
import * as api from '../../../api/account.api';
import { ApiProblem } from '../../../api/problem';
import type { Account } from '../../../api/types';
import { keepChallenge, keptChallenge } from '../../../composables/codes/kept-challenge';
import { loadMessages } from '../../../locales';
import { usePhoneSetup } from './phone-setup';

vi.mock('../../../api/account.api');
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
  const perform = async (act: 'verify' | 'save' | 'remove') => {
    setup.act.value = act;
    await setup.form.send();
  };
  return { current, perform, ...setup };
}

beforeAll(() => loadMessages('my-account'));
beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  vi.resetAllMocks();
  server.setPhone.mockResolvedValue(account({ phone: unverified }));
  server.requestPhoneVerification.mockResolvedValue(sms);
  server.removePhone.mockResolvedValue(account());
});

describe('setting up the telephone', () => {
  it('has no status before a number is typed, and « Non validé » afterwards', () => {
    const setup = start(account());
    expect(setup.status.value).toBe('NONE');
    setup.form.values.number = '06 12 34 56 78';
    expect(setup.status.value).toBe('UNVERIFIED');
  });

  it('« Vérifier » saves the number as it was typed, sends the code, and opens the dialog', async () => {
    const setup = start(account());
    setup.form.values.number = ' 06 12 34 56 78 ';
    await setup.perform('verify');
    expect(server.setPhone).toHaveBeenCalledExactlyOnceWith('06 12 34 56 78', undefined);
    expect(server.requestPhoneVerification).toHaveBeenCalledOnce();
    expect(setup.asked.value).toBe('verification');
    expect(setup.form.values.number).toBe(unverified.number);
    expect(setup.status.value).toBe('UNVERIFIED');
  });

  it('opens no dialog for a number that is refused, and keeps what was typed', async () => {
    server.setPhone.mockRejectedValue(new ApiProblem('phone.not-mobile'));
    const setup = start(account());
    setup.form.values.number = '01 40 00 00 00';
    await setup.perform('verify');
    expect(setup.form.problem?.code).toBe('phone.not-mobile');
    expect(setup.asked.value).toBeNull();
    expect(setup.form.values.number).toBe('01 40 00 00 00');
    expect(server.requestPhoneVerification).not.toHaveBeenCalled();
  });

  it('sends no second message when the dialog was only closed', async () => {
    const setup = start(account({ phone: unverified }));
    await setup.perform('verify');
    setup.close();
    await setup.perform('verify');
    expect(server.requestPhoneVerification).toHaveBeenCalledTimes(1);
    expect(setup.asked.value).toBe('verification');
  });

  it('forgets the code of the number before', async () => {
    keepChallenge(sms);
    const setup = start(account({ phone: unverified }));
    setup.form.values.number = '07 98 76 54 32';
    await setup.perform('verify');
    expect(server.requestPhoneVerification).toHaveBeenCalledTimes(1);
  });

  it('opens the dialog on the failure when the SMS could not leave', async () => {
    server.requestPhoneVerification.mockRejectedValue(new ApiProblem('delivery.failed', { challenge: sms }));
    const setup = start(account({ phone: unverified }));
    await setup.perform('verify');
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
    expect(setup.asked.value).toBe('preference');
    setup.close();
    expect(setup.outcome.value).toBe('verified');
    expect(setup.form.values.channel).toBe('EMAIL');
    expect(server.updateAccount).not.toHaveBeenCalled();
  });

  it('is saved by « Enregistrer » alone', async () => {
    server.updateAccount.mockResolvedValue(account({ phone: verified, codeChannel: 'SMS' }));
    const setup = start(account({ phone: verified }));
    setup.form.values.channel = 'SMS';
    await setup.perform('save');
    expect(server.updateAccount).toHaveBeenCalledExactlyOnceWith({
      codeChannel: 'SMS',
      currentPassword: undefined,
    });
    expect(server.setPhone).not.toHaveBeenCalled();
    expect(setup.outcome.value).toBe('saved');
    expect(setup.forgotten.value).toBe(true);
    await setup.perform('save');
    expect(setup.forgotten.value).toBe(false);
  });

  it('falls back to EMAIL while another number is typed, and returns with the old one', async () => {
    const setup = start(account({ phone: verified, codeChannel: 'SMS' }));
    setup.form.values.number = '07 98 76 54 32';
    await nextTick();
    expect(setup.form.values.channel).toBe('EMAIL');
    setup.form.values.number = verified.number!;
    await nextTick();
    expect(setup.form.values.channel).toBe('SMS');
  });

  it('says what is still to do when a number is saved without its proof', async () => {
    const setup = start(account());
    setup.form.values.number = '0692 12 34 56';
    await setup.perform('save');
    expect(server.setPhone).toHaveBeenCalledWith('0692 12 34 56', undefined);
    expect(setup.outcome.value).toBe('savedUnverified');
    expect(setup.forgotten.value).toBe(true);
  });
});

describe('a number already there', () => {
  it('is typed anew, not corrected through its mask', async () => {
    const setup = start(account({ phone: verified }));
    setup.form.values.number = '06 •• •• •• 79';
    expect(setup.error.value).toContain('Saisissez le numéro en entier');
    await setup.perform('verify');
    await setup.perform('save');
    expect(server.setPhone).not.toHaveBeenCalled();
    expect(setup.outcome.value).toBeNull();
  });

  it('is removed only after a confirmation, also when the field was emptied', async () => {
    const setup = start(account({ phone: verified }));
    setup.form.values.number = '';
    await setup.perform('save');
    expect(setup.asked.value).toBe('removal');
    expect(server.removePhone).not.toHaveBeenCalled();
    setup.close();
    expect(setup.form.values.number).toBe(verified.number);
    await setup.perform('remove');
    expect(server.removePhone).toHaveBeenCalledOnce();
    expect(setup.outcome.value).toBe('removed');
    expect(setup.status.value).toBe('NONE');
    expect(keptChallenge('phone-verification')).toBeNull();
  });
});
