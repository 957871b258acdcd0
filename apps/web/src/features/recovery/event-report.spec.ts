import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ApiProblem } from '../../api/problem';
import * as api from '../../api/recovery.api';
import { loadMessages, setLocale } from '../../locales';
import { dropLinkToken, watchLinkTokens } from '../../router/link-token';
import { routes } from '../../router/routes';
import EventReportPage from './EventReportPage.vue';

vi.mock('../../api/recovery.api');
const server = vi.mocked(api);
let page: VueWrapper;

async function open(secret = 'id.secret') {
  history.replaceState(null, '', `/ce-n-etait-pas-moi${secret && `#${secret}`}`);
  watchLinkTokens();
  setActivePinia(createPinia());
  const router = createRouter({ history: createMemoryHistory(), routes });
  page = mount(EventReportPage, { global: { plugins: [router] }, attachTo: document.body });
  await flushPromises();
}

beforeAll(() => Promise.all([loadMessages('recovery'), loadMessages('event-report')]));
beforeEach(() => {
  vi.resetAllMocks();
  server.reportableEvent.mockResolvedValue({
    title: 'Votre mot de passe a été changé',
    occurredAt: '2026-11-24T15:39:00.000Z',
    alertsOnly: false,
  });
});
afterEach(() => {
  page.unmount();
  dropLinkToken();
  history.replaceState(null, '', '/');
});

describe('« Ce n’était pas moi »', () => {
  it('shows what happened and when, and reports nothing when it opens', async () => {
    await open();
    expect(page.text()).toContain('Votre mot de passe a été changé');
    expect(page.text()).toContain('mardi 24\u00a0novembre à\u00a016:39');
    expect(server.reportEvent).not.toHaveBeenCalled();
  });

  it('asks for the event again in the language that the person chooses', async () => {
    await open();
    server.reportableEvent.mockResolvedValue({
      title: 'Your password was changed',
      occurredAt: '2026-11-24T15:39:00.000Z',
      alertsOnly: false,
    });
    await setLocale('en');
    await flushPromises();
    expect(page.text()).toContain('Your password was changed');
    await setLocale('fr');
  });

  it('reports the event by its button, once, and says what to do next', async () => {
    await open();
    await page.get('button').trigger('click');
    await flushPromises();
    expect(server.reportEvent).toHaveBeenCalledExactlyOnceWith('id.secret');
    expect(page.get('[role=status]').text()).toContain('nouveau mot de passe');
    expect(page.get('[role=status]').element).toBe(document.activeElement);
    expect(page.find('button').exists()).toBe(false);
  });

  it('promises the reader of a replaced mailbox an alert alone', async () => {
    const title = 'Un administrateur a remplacé votre adresse e‑mail';
    const occurredAt = '2026-11-24T15:39:00.000Z';
    server.reportableEvent.mockResolvedValue({ title, occurredAt, alertsOnly: true });
    await open();
    expect(page.text()).toContain('le mot de passe reste le même');
    expect(page.text()).not.toContain('sera bloqué');
    await page.get('button').trigger('click');
    await flushPromises();
    expect(page.get('[role=status]').text()).toBe('Les administrateurs sont prévenus.');
  });

  it.each(['reportableEvent', 'reportEvent'] as const)(
    'says that the link is no longer valid: %s',
    async (call) => {
      server[call].mockRejectedValue(new ApiProblem('token.rejected'));
      await open();
      if (call === 'reportEvent') await page.get('button').trigger('click');
      await flushPromises();
      expect(page.get('[role=alert]').text()).toContain('Ce lien n’est plus valable.');
      expect(page.get('[role=alert]').element).toBe(document.activeElement);
      expect(page.find('button').exists()).toBe(false);
    },
  );

  it('sends nothing without a link', async () => {
    await open('');
    expect(server.reportableEvent).not.toHaveBeenCalled();
    expect(page.text()).toContain('depuis le lien reçu par e‑mail');
  });
});
