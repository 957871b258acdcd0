import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { challenge, session } from '../../../test/samples';
import { call, guardCalls, type StepUpReason } from '../../api/call';
import { ApiProblem } from '../../api/problem';
import * as passkeyApi from '../../api/passkey.api';
import * as api from '../../api/session.api';
import * as totpApi from '../../api/totp.api';
import type { StepUpWay } from '../../api/types';
import { loadMessages } from '../../locales';
import { useSessionStore } from '../../stores/session.store';
import { useStepUpStore } from '../../stores/step-up.store';
import StepUpDialog from './StepUpDialog.vue';

vi.mock('../../api/passkey.api');
vi.mock('../../api/session.api');
vi.mock('../../api/totp.api');
const server = vi.mocked(api);
let dialog: VueWrapper | undefined;

/** The API's answers to the action: a refusal first, then its result. */
function refusedOnce(code: string) {
  const answers = [{ error: { code, status: 401 } }, { data: 'done' }];
  return vi.fn(async () => answers.shift()!);
}
async function show(reason: StepUpReason, way: StepUpWay | null = null) {
  dialog = mount(StepUpDialog, { props: { reason, way } });
  await flushPromises();
  await vi.dynamicImportSettled();
  await flushPromises();
}
const page = () => document.body.textContent!.replace(/[\u00a0\u202f]/g, ' ');
const button = (name: string) =>
  [...document.querySelectorAll('button')].find((one) => one.textContent!.trim() === name)!;
async function typeCode(code: string) {
  const input = document.querySelector<HTMLInputElement>('input[name=code]')!;
  input.value = code;
  input.dispatchEvent(new Event('input'));
  await flushPromises();
  input.form!.dispatchEvent(new Event('submit'));
  await flushPromises();
}

// Loaded as `App.vue` does, with the dialog.
beforeAll(() => Promise.all([loadMessages('code'), loadMessages('totp')]));
beforeEach(() => {
  vi.resetAllMocks();
  guardCalls({ stepUp: useStepUpStore().ask, sessionLost: () => undefined });
  const now = Date.now();
  const soon = new Date(now + 600_000).toISOString();
  server.requestSessionChallenge.mockResolvedValue({
    challenge: challenge({
      purpose: 'session',
      sentAt: new Date(now).toISOString(),
      expiresAt: soon,
      resendAvailableAt: soon,
    }),
    alternatives: [],
  });
  vi.mocked(passkeyApi).canConfirmWithPasskey.mockResolvedValue(false);
  server.submitSessionCode.mockResolvedValue(session({ id: 's2' }));
  useSessionStore().adopt(session());
});
afterEach(() => dialog?.unmount());

describe('a code asked over what one was doing', () => {
  it('lets the act go on when it is right', async () => {
    const request = refusedOnce('reauthentication.required');
    const act = call(request);
    await flushPromises();
    await show(useStepUpStore().reason!);
    expect(page()).toContain('Confirmez que c’est bien vous');
    expect(page()).toContain('ce que vous avez saisi dans la page est gardé');
    await typeCode('482913');
    expect(await act).toBe('done');
    expect(server.submitSessionCode).toHaveBeenCalledWith('482913');
    expect(useSessionStore().session?.id).toBe('s2');
    expect(useStepUpStore().reason).toBeNull();
  });

  it('is titled by the act that it is asked for', async () => {
    const { during } = useStepUpStore();
    const act = during('Désactiver le compte de Paul Durand\u202f?', () =>
      call(refusedOnce('reauthentication.required')),
    );
    await flushPromises();
    await show(useStepUpStore().reason!);
    expect(page()).toContain('Pour désactiver le compte de Paul Durand');
    expect(page()).not.toContain('Confirmez que c’est bien vous');
    await typeCode('482913');
    expect(await act).toBe('done');
    expect(useStepUpStore().act).toBe('');
  });

  it('is asked once for several acts refused together', async () => {
    const acts = [call(refusedOnce('code.required')), call(refusedOnce('code.required'))];
    await flushPromises();
    await show(useStepUpStore().reason!);
    await typeCode('482913');
    expect(await Promise.all(acts)).toEqual(['done', 'done']);
    expect(server.requestSessionChallenge).toHaveBeenCalledTimes(1);
  });

  it('sends no second message when it was closed and comes back', async () => {
    await show('reauthentication.required');
    dialog!.unmount();
    await show('reauthentication.required');
    expect(server.requestSessionChallenge).toHaveBeenCalledTimes(1);
    expect(page()).toContain('K7QX');
  });

  it('leaves things as they were when given up before a sensitive act', async () => {
    const request = refusedOnce('reauthentication.required');
    const act = call(request).catch((failure: ApiProblem) => failure.code);
    await flushPromises();
    await show('reauthentication.required');
    button('Annuler').click();
    expect(await act).toBe('reauthentication.required');
    expect(request).toHaveBeenCalledTimes(1);
    expect(useSessionStore().signedIn).toBe(true);
  });

  it('is a sign-out when given up at the 24-hour limit', async () => {
    server.signOut.mockResolvedValue(undefined as never);
    const act = call(refusedOnce('code.required')).catch((failure: ApiProblem) => failure.code);
    await flushPromises();
    await show('code.required');
    button('Se déconnecter').click();
    await flushPromises();
    expect(await act).toBe('code.required');
    expect(useSessionStore().farewell).toBe('signed-out');
  });

  it('says so when the sign-out got no answer, and stays', async () => {
    server.signOut.mockRejectedValue(new ApiProblem('unreachable'));
    await show('code.required');
    button('Se déconnecter').click();
    await flushPromises();
    expect(page()).toContain('Le service ne répond pas');
    expect(useSessionStore().signedIn).toBe(true);
  });

  it('is given at Pro Santé Connect before a sensitive action, in a session that it opened, and no code leaves', async () => {
    history.replaceState(null, '', '/mon-compte/donnees?x=1');
    useSessionStore().adopt(session({ means: 'pro-sante-connect' }));
    await show('reauthentication.required');
    const link = document.querySelector<HTMLAnchorElement>('[role=dialog] a')!;
    expect(link.textContent!.trim()).toBe('Confirmer avec Pro Santé Connect');
    const { pathname, searchParams } = new URL(link.href);
    expect(pathname).toBe('/api/sign-in/pro-sante-connect');
    expect([...searchParams]).toEqual([
      ['returnTo', '/mon-compte/donnees?x=1'],
      ['fresh', 'true'],
    ]);
    expect(page()).toContain('vous reviendrez à cette page');
    expect(server.requestSessionChallenge).not.toHaveBeenCalled();
  });

  it('is still a code in a session of Pro Santé Connect when the person wants to keep what they typed', async () => {
    useSessionStore().adopt(session({ means: 'pro-sante-connect' }));
    const act = call(refusedOnce('reauthentication.required'));
    await flushPromises();
    await show('reauthentication.required');
    button('Confirmer par un code').click();
    await flushPromises();
    expect(page()).toContain('ce que vous avez saisi dans la page est gardé');
    await typeCode('482913');
    expect(await act).toBe('done');
    expect(server.requestSessionChallenge).toHaveBeenCalledTimes(1);
  });

  it('shows a wait, when codes were requested too often', async () => {
    // A slow computer may take a second to render it.
    vi.useFakeTimers({ toFake: ['Date'] });
    server.requestSessionChallenge.mockRejectedValue(
      new ApiProblem('resend.too-soon', { retryAfterSeconds: 45 }),
    );
    await show('code.required');
    expect(page()).toContain('Un code vient déjà de partir');
    expect(page()).toContain('dans 45 secondes');
  });

  describe('where one way alone is enough', () => {
    it('is sent by SMS at once, and by mail not even when asked again', async () => {
      const { challenge: sent } = await server.requestSessionChallenge();
      const bySms = { ...sent!, channel: 'SMS' as const, otherChannels: ['EMAIL' as const] };
      server.requestSessionChallenge.mockResolvedValue({ challenge: bySms, alternatives: [] });
      await show('application.asks', 'SMS');
      expect(server.requestSessionChallenge).toHaveBeenLastCalledWith('SMS');
      expect(page()).not.toContain('Recevoir le code par e‑mail');
    });

    it('is the app’s to give, and no message is offered', async () => {
      await show('application.asks', 'totp');
      expect(page()).toContain('Code de votre application');
      expect(page()).not.toContain('Recevoir le code par e‑mail');
      expect(server.requestSessionChallenge).not.toHaveBeenCalled();
    });

    it('is the passkey’s to give, and no code is offered', async () => {
      await show('application.asks', 'passkey');
      expect(button('Confirmer avec une clé d’accès')).toBeDefined();
      expect(page()).not.toContain('Confirmer par un code');
      expect(server.requestSessionChallenge).not.toHaveBeenCalled();
    });
  });

  describe('with a passkey', () => {
    const { canConfirmWithPasskey, confirmWithPasskey } = vi.mocked(passkeyApi);

    beforeEach(() => {
      canConfirmWithPasskey.mockResolvedValue(true);
      confirmWithPasskey.mockResolvedValue(session({ id: 's2' }));
    });

    it('is the passkey’s to give, whatever they signed in with, and no code leaves', async () => {
      const act = call(refusedOnce('reauthentication.required'));
      await flushPromises();
      await show('reauthentication.required');
      expect(document.activeElement).toBe(button('Confirmer avec une clé d’accès'));
      button('Confirmer avec une clé d’accès').click();
      expect(await act).toBe('done');
      expect(useSessionStore().session?.id).toBe('s2');
      expect(server.requestSessionChallenge).not.toHaveBeenCalled();
    });

    it('is a code all the same where the passkey is not at hand', async () => {
      await show('reauthentication.required');
      button('Confirmer par un code').click();
      await flushPromises();
      expect(server.requestSessionChallenge).toHaveBeenCalledTimes(1);
      expect(page()).toContain('K7QX');
    });

    it('is offered beside Pro Santé Connect in a session that it opened', async () => {
      useSessionStore().adopt(session({ means: 'pro-sante-connect' }));
      await show('reauthentication.required');
      const link = document.querySelector('[role=dialog] a');
      expect(document.activeElement).toBe(link);
      expect(button('Confirmer avec une clé d’accès')).toBeDefined();
    });

    it('is none at the 24-hour limit, which a passkey does not renew', async () => {
      await show('code.required');
      expect(canConfirmWithPasskey).not.toHaveBeenCalled();
      expect(page()).toContain('K7QX');
    });

    it('is a code where nothing says whether a passkey would do', async () => {
      canConfirmWithPasskey.mockRejectedValue(new ApiProblem('unreachable'));
      await show('reauthentication.required');
      expect(page()).toContain('K7QX');
    });
  });

  describe('with an authenticator app', () => {
    const byMail = () => server.requestSessionChallenge.mock.calls.filter(([channel]) => channel === 'EMAIL');

    beforeEach(() => {
      const implementation = server.requestSessionChallenge.getMockImplementation()!;
      server.requestSessionChallenge.mockImplementation(async (channel) =>
        channel
          ? { ...(await implementation(channel)), alternatives: ['totp'] }
          : { challenge: null, alternatives: ['totp', 'EMAIL'] },
      );
      vi.mocked(totpApi).confirmWithTotp.mockResolvedValue(session({ id: 's2' }));
    });

    it('is the app’s to give, and no message leaves', async () => {
      await show('reauthentication.required');
      expect(page()).toContain('Code de votre application');
      await typeCode('482913');
      expect(totpApi.confirmWithTotp).toHaveBeenCalledWith('482913');
      expect(useSessionStore().session?.id).toBe('s2');
      expect(byMail()).toEqual([]);
    });

    it('says what to do when the code is not the right one', async () => {
      vi.mocked(totpApi).confirmWithTotp.mockRejectedValue(new ApiProblem('totp.rejected'));
      await show('reauthentication.required');
      await typeCode('000000');
      expect(page()).toContain('Attendez le suivant');
    });

    it('comes by mail when the phone is not at hand, and the app is a button away again', async () => {
      await show('reauthentication.required');
      button('Recevoir le code par e‑mail').click();
      await flushPromises();
      expect(byMail()).toHaveLength(1);
      expect(page()).toContain('K7QX');
      button('Utiliser mon application d’authentification').click();
      await flushPromises();
      expect(page()).toContain('Code de votre application');
    });
  });
});
