import { client } from '@portillon/api-client';
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { h } from 'vue';
import { session } from '../../../test/samples';
import { call, guardCalls } from '../../api/call';
import type { ApiProblem } from '../../api/problem';
import { loadMessages } from '../../locales';
import { useSessionStore } from '../../stores/session.store';
import { useStepUpStore } from '../../stores/step-up.store';
import StepUpDialog from './StepUpDialog.vue';

let dialog: VueWrapper | undefined;
/** Requests without an answer so far, by method and path. */
let requests: Map<string, (answer: Response) => void>;

const page = () => document.body.textContent!;
const refusal = (code: string) => Response.json({ code, status: 401 }, { status: 401 });

async function answer(request: string, response: Response) {
  requests.get(request)!(response);
  await flushPromises();
}
/** Shows the dialog as the application does, while a request waits. */
async function openAtLimit() {
  const stepUp = useStepUpStore();
  void stepUp.ask('code.required');
  dialog = mount(() => stepUp.reason && h(StepUpDialog, { reason: stepUp.reason }));
  await flushPromises();
}
async function signOut() {
  [...document.querySelectorAll('button')].at(-1)!.click();
  await flushPromises();
}

beforeAll(() => loadMessages('code'));
beforeEach(() => {
  requests = new Map();
  client.setConfig({
    baseUrl: location.origin,
    fetch: (input) => {
      const { method, url } = input as Request;
      return new Promise((resolve) => requests.set(`${method} ${new URL(url).pathname}`, resolve));
    },
  });
  const stepUp = useStepUpStore();
  guardCalls({ stepUp: stepUp.ask, sessionLost: () => stepUp.settle(false) });
  useSessionStore().adopt(session());
});
afterEach(() => dialog?.unmount());

describe('« Se déconnecter » in place of a code', () => {
  it('shows no error when the session ends before the code is sent', async () => {
    await openAtLimit();
    expect(page()).toContain('Envoi du code');
    await signOut();
    await answer('POST /api/session/challenge', refusal('session.required'));
    expect(page()).not.toContain('Votre session est terminée');
    await answer('DELETE /api/session', new Response(null, { status: 204 }));
    expect(page()).toBe('');
    expect(useSessionStore().farewell).toBe('signed-out');
  });

  it('does not ask again when another request is refused after it', async () => {
    const act = call(() => client.get({ url: '/api/account' })).catch(({ code }: ApiProblem) => code);
    await openAtLimit();
    await signOut();
    await answer('DELETE /api/session', new Response(null, { status: 204 }));
    await answer('GET /api/account', refusal('code.required'));
    expect(page()).toBe('');
    expect(await act).toBe('code.required');
  });
});
