import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter } from 'vue-router';
import { ApiProblem } from '../../api/problem';
import * as api from '../../api/recovery.api';
import { loadMessages } from '../../locales';
import { dropLinkToken, watchLinkTokens } from '../../router/link-token';
import { routes } from '../../router/routes';
import ProposalPage from './ProposalPage.vue';

vi.mock('../../api/recovery.api');
const server = vi.mocked(api);
let page: VueWrapper;

async function open(secret = 'id.secret') {
  history.replaceState(null, '', `/rattachement${secret && `#${secret}`}`);
  watchLinkTokens();
  setActivePinia(createPinia());
  const router = createRouter({ history: createMemoryHistory(), routes });
  page = mount(ProposalPage, { global: { plugins: [router] }, attachTo: document.body });
  await flushPromises();
}

beforeAll(() => Promise.all([loadMessages('recovery'), loadMessages('memberships')]));
beforeEach(() => {
  vi.resetAllMocks();
  server.linkedProposal.mockResolvedValue({
    structure: { name: 'Clinique de la Baie' },
    roles: ['professional', 'structure-admin'],
    function: 'Cardiologue',
    displayName: 'Claire Martin',
  });
});
afterEach(() => {
  page.unmount();
  dropLinkToken();
  history.replaceState(null, '', '/');
});

describe('the link of a proposal', () => {
  it('shows which structure asks whom and as what, and answers nothing when it opens', async () => {
    await open();
    for (const shown of ['Claire Martin', 'Clinique de la Baie', 'Cardiologue', 'droits d’administrateur'])
      expect(page.text()).toContain(shown);
    expect(location.hash).toBe('');
    expect(server.answerLinkedProposal).not.toHaveBeenCalled();
  });

  it.each([
    ['Rejoindre', true, 'vous travaillez aussi pour Clinique de la Baie'],
    ['Refuser', false, 'Clinique de la Baie n’en est pas prévenu'],
  ])('is answered once by a button: %s', async (name, accept, said) => {
    await open();
    await page
      .findAll('button')
      .find((one) => one.text() === name)!
      .trigger('click');
    await flushPromises();
    expect(server.answerLinkedProposal).toHaveBeenCalledExactlyOnceWith('id.secret', accept);
    expect(page.get('[role=status]').text()).toContain(said);
    expect(page.get('[role=status]').element).toBe(document.activeElement);
    expect(page.find('button').exists()).toBe(false);
  });

  it.each(['linkedProposal', 'answerLinkedProposal'] as const)(
    'says that it is no longer valid: %s',
    async (call) => {
      server[call].mockRejectedValue(new ApiProblem('token.rejected'));
      await open();
      if (call === 'answerLinkedProposal') await page.get('button').trigger('click');
      await flushPromises();
      expect(page.get('[role=alert]').text()).toContain('Ce lien n’est plus valable.');
      expect(page.find('button').exists()).toBe(false);
    },
  );

  it('sends nothing without a secret', async () => {
    await open('');
    expect(server.linkedProposal).not.toHaveBeenCalled();
    expect(page.text()).toContain('depuis le lien reçu par e‑mail');
  });
});
