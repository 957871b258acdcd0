import { beforeEach, describe, expect, it, vi } from 'vitest';
import { account, challenge } from '../../../../test/samples';
import { inScope } from '../../../../test/scope';
import * as api from '../../../api/account.api';
import { ApiProblem } from '../../../api/problem';
import { keptChallenge } from '../../../composables/codes/kept-challenge';
import { useEmailChange } from './email-change';

vi.mock('../../../api/account.api');
const server = vi.mocked(api);
const received = vi.fn();
const sent = () =>
  challenge({ purpose: 'mail-change', expiresAt: new Date(Date.now() + 600_000).toISOString() });

beforeEach(() => {
  vi.resetAllMocks();
  server.requestEmailChange.mockImplementation(async () => sent());
});

describe('a new mail address', () => {
  it('is asked for its code, once, when the dialog is closed by mistake', async () => {
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = ' new@hopital.example ';
    await change.form.send();
    expect(change.asking.value).toBe(true);
    change.close();
    await change.form.send();
    expect(server.requestEmailChange).toHaveBeenCalledExactlyOnceWith('new@hopital.example', undefined);
    expect(keptChallenge('mail-change')?.destination).toBe('new@hopital.example');
  });

  it('waits for the password where the API asks for it, and asks once for another code', async () => {
    server.requestEmailChange.mockRejectedValueOnce(new ApiProblem('password.confirmation-required'));
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'new@hopital.example';
    const sending = change.form.send();
    await vi.waitFor(() => expect(change.proof.waiting.value).not.toBeNull());
    server.requestEmailChange.mockRejectedValueOnce(new ApiProblem('password.wrong'));
    await expect(change.proof.waiting.value!.prove('guessed')).rejects.toMatchObject({
      code: 'password.wrong',
    });
    await change.proof.waiting.value!.prove('mine');
    await sending;
    expect([change.asking.value, change.proof.waiting.value]).toEqual([true, null]);
    await change.again();
    expect(server.requestEmailChange).toHaveBeenLastCalledWith('new@hopital.example', 'mine');
  });

  it('is not asked for when the person gives the password up', async () => {
    server.requestEmailChange.mockRejectedValueOnce(new ApiProblem('password.confirmation-required'));
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'new@hopital.example';
    const sending = change.form.send();
    await vi.waitFor(() => expect(change.proof.waiting.value).not.toBeNull());
    change.proof.waiting.value!.giveUp();
    await sending;
    expect([change.asking.value, change.form.values.email]).toEqual([false, 'new@hopital.example']);
    expect(change.form.problem?.code).toBe('password.confirmation-required');
  });

  it('that was mistyped is asked anew: the code before would prove another one', async () => {
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'nwe@hopital.example';
    await change.form.send();
    change.close();
    change.form.values.email = 'new@hopital.example';
    await change.form.send();
    expect(server.requestEmailChange).toHaveBeenCalledTimes(2);
  });

  it('opens the dialog on a message that could not leave', async () => {
    server.requestEmailChange.mockRejectedValue(new ApiProblem('delivery.failed', { challenge: sent() }));
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'new@hopital.example';
    await change.form.send();
    expect(change.asking.value).toBe(true);
    expect(change.failure.value?.code).toBe('delivery.failed');
    expect(keptChallenge('mail-change')).not.toBeNull();
  });

  it('that is refused opens none', async () => {
    server.requestEmailChange.mockRejectedValue(new ApiProblem('validation.failed'));
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'no address';
    await change.form.send();
    expect(change.asking.value).toBe(false);
    expect(change.form.problem?.code).toBe('validation.failed');
  });

  it('is announced to the page once proved, and the field is empty', async () => {
    const change = inScope(() => useEmailChange(received));
    change.form.values.email = 'new@hopital.example';
    await change.form.send();
    change.take(account());
    expect(received).toHaveBeenCalledOnce();
    expect([change.asking.value, change.changed.value, change.form.values.email]).toEqual([
      false,
      'new@hopital.example',
      '',
    ]);
  });
});
