import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { effectScope, type EffectScope } from 'vue';
import { session } from '../../../test/samples';
import * as passkeyApi from '../../api/passkey.api';
import { ApiProblem } from '../../api/problem';
import { usePasskeyAutofill } from './passkey-autofill';

vi.mock('../../api/passkey.api');
const api = vi.mocked(passkeyApi);
const LIFE_MS = 600_000;
const own = { options: { timeout: LIFE_MS }, shared: false };
/** Never resolves: no passkey is picked before the ceremony is aborted. */
const unanswered = () => new Promise<undefined>(() => undefined);

let scope: EffectScope;
const signedIn = vi.fn();
const refused = vi.fn();
let ownComputer: boolean;
function use() {
  scope = effectScope();
  return scope.run(() => usePasskeyAutofill({ signedIn, refused, own: () => ownComputer }))!;
}
function turnPage(hidden: boolean) {
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);
  document.dispatchEvent(new Event('visibilitychange'));
  return flushPromises();
}

beforeEach(() => {
  vi.resetAllMocks();
  vi.useFakeTimers();
  ownComputer = true;
  api.canAutofillPasskeys.mockResolvedValue(true);
  api.beginPasskeySignIn.mockResolvedValue(own);
  api.autofillPasskey.mockImplementation(unanswered);
});
afterEach(() => {
  scope.stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('the passkeys that a browser proposes where the name is typed', () => {
  it('sign in the person who picks one', async () => {
    api.autofillPasskey.mockResolvedValue(session());
    await use().propose();
    expect(signedIn).toHaveBeenCalledWith(session());
  });

  it('are asked for anew at three quarters of the life of their challenge', async () => {
    void use().propose();
    await vi.advanceTimersByTimeAsync((LIFE_MS * 3) / 4 - 1);
    expect(api.autofillPasskey).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(api.abortCeremony).toHaveBeenCalledTimes(1);
    expect(api.autofillPasskey).toHaveBeenCalledTimes(2);
  });

  it('take the challenge of no other page: none is asked behind it, one is on return', async () => {
    void use().propose();
    await flushPromises();
    await turnPage(true);
    await vi.advanceTimersByTimeAsync(LIFE_MS);
    expect(api.beginPasskeySignIn).toHaveBeenCalledTimes(1);
    await turnPage(false);
    expect(api.beginPasskeySignIn).toHaveBeenCalledTimes(2);
  });

  it('are none where the browser cannot, and nothing is asked of the server', async () => {
    api.canAutofillPasskeys.mockResolvedValue(false);
    await use().propose();
    expect(api.beginPasskeySignIn).not.toHaveBeenCalled();
  });

  it('are none where several people use the browser', async () => {
    api.beginPasskeySignIn.mockResolvedValue({ ...own, shared: true });
    await use().propose();
    expect(api.autofillPasskey).not.toHaveBeenCalled();
  });

  it('are none at the address of shared workstations, and nothing is asked of the server', async () => {
    ownComputer = false;
    await use().propose();
    expect(api.beginPasskeySignIn).not.toHaveBeenCalled();
  });

  it('are withdrawn before the ceremony of the button, whose challenge comes last', async () => {
    let answer = (_: typeof own) => undefined as void;
    api.beginPasskeySignIn.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    const autofill = use();
    void autofill.propose();
    await flushPromises();
    const withdrawn = vi.fn();
    void autofill.withdraw().then(withdrawn);
    await flushPromises();
    expect(withdrawn).not.toHaveBeenCalled();
    answer(own);
    await flushPromises();
    expect(withdrawn).toHaveBeenCalled();
    expect(api.autofillPasskey).not.toHaveBeenCalled();
  });

  it('are withdrawn when the page is left', async () => {
    void use().propose();
    await flushPromises();
    scope.stop();
    await vi.advanceTimersByTimeAsync(LIFE_MS);
    await turnPage(false);
    expect(api.abortCeremony).toHaveBeenCalledTimes(1);
    expect(api.beginPasskeySignIn).toHaveBeenCalledTimes(1);
  });

  it('say why one that was picked is refused, and are proposed again', async () => {
    api.autofillPasskey.mockImplementationOnce(async (_begun, answered) => {
      answered();
      throw new ApiProblem('passkey.unknown');
    });
    void use().propose();
    await flushPromises();
    expect(refused).toHaveBeenCalledWith(expect.objectContaining({ code: 'passkey.unknown' }));
    expect(api.autofillPasskey).toHaveBeenCalledTimes(2);
  });

  it('say nothing of what fails before one is picked', async () => {
    api.beginPasskeySignIn.mockRejectedValueOnce(new ApiProblem('unreachable'));
    const autofill = use();
    await autofill.propose();
    api.autofillPasskey.mockRejectedValueOnce(new ApiProblem('passkey.failed'));
    await autofill.propose();
    expect(refused).not.toHaveBeenCalled();
  });
});
