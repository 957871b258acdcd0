import { flushPromises, mount, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryHistory, createRouter, type Router } from 'vue-router';
import { ApiProblem } from '../../api/problem';
import * as api from '../../api/recovery.api';
import * as signInApi from '../../api/sign-in.api';
import { challenge, session } from '../../../test/samples';
import { expectedUsername } from '../../composables/means/expected-username';
import { loadMessages } from '../../locales';
import { dropLinkToken, watchLinkTokens } from '../../router/link-token';
import { routes } from '../../router/routes';
import { useSessionStore } from '../../stores/session.store';
import ChoosePasswordPage from './ChoosePasswordPage.vue';

vi.mock('../../api/recovery.api');
vi.mock('../../api/service.api');
vi.mock('../../api/sign-in.api');
const server = vi.mocked(api);
const { signInWithPassword } = vi.mocked(signInApi);
let page: VueWrapper;
let router: Router;

function open(kind: 'reset' | 'invitation', secret = 'id.secret') {
  history.replaceState(null, '', `/${kind === 'reset' ? 'mot-de-passe' : 'invitation'}#${secret}`);
  watchLinkTokens();
  router = createRouter({ history: createMemoryHistory(), routes });
  page = mount(ChoosePasswordPage, {
    props: { kind },
    global: { plugins: [router] },
    attachTo: document.body,
  });
}
async function choose(password: string) {
  await page.get('input[autocomplete=new-password]').setValue(password);
  await page.get('form').trigger('submit');
  await flushPromises();
}

beforeAll(async () => {
  await Promise.all([loadMessages('recovery'), loadMessages('password-change')]);
});
beforeEach(() => {
  vi.resetAllMocks();
  server.linkHolder.mockResolvedValue({ username: 'claire.martin' });
  signInWithPassword.mockRejectedValue(new ApiProblem('means.unavailable'));
});
afterEach(() => {
  page.unmount();
  dropLinkToken();
  history.replaceState(null, '', '/');
});

describe('choosing a password by a link', () => {
  it.each(['reset', 'invitation'] as const)(
    'sends the secret once, and leads to sign-in where the policy refuses the password: %s',
    async (kind) => {
      open(kind);
      await choose('Une-Gare-Au-Soleil-31');
      expect(server.choosePassword).toHaveBeenCalledExactlyOnceWith(
        kind,
        'id.secret',
        'Une-Gare-Au-Soleil-31',
      );
      expect(page.get('a').attributes('href')).toBe('/connexion');
      expect(page.html()).not.toContain('secret');
    },
  );

  it('names the holder to the person and to the password manager, and fills the sign-in page', async () => {
    open('invitation');
    await flushPromises();
    expect(page.get<HTMLInputElement>('input[autocomplete=username]').element.value).toBe('claire.martin');
    await choose('Une-Gare-Au-Soleil-31');
    expect(page.get('[role=status]').text()).toContain('claire.martin');
    expect(expectedUsername.value).toBe('claire.martin');
  });

  it.each(['reset', 'invitation'] as const)('goes straight to the code of the sign-in: %s', async (kind) => {
    const begun = { status: 'code-required' as const, challenge: challenge(), alternatives: [] };
    signInWithPassword.mockResolvedValue({ ...begun, sharedWorkstation: false });
    open(kind);
    await flushPromises();
    await choose('Une-Gare-Au-Soleil-31');
    expect(signInWithPassword).toHaveBeenCalledExactlyOnceWith('claire.martin', 'Une-Gare-Au-Soleil-31');
    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('sign-in-code'), 10_000);
  });

  it('leaves the session of another person in this browser alone', async () => {
    useSessionStore().adopt(session());
    open('invitation');
    await flushPromises();
    await choose('Une-Gare-Au-Soleil-31');
    expect(server.choosePassword).toHaveBeenCalledOnce();
    expect(signInWithPassword).not.toHaveBeenCalled();
  });

  it('does not sign in while the link or the password is refused', async () => {
    server.choosePassword.mockRejectedValue(new ApiProblem('token.rejected'));
    open('invitation');
    await flushPromises();
    await choose('Une-Gare-Au-Soleil-31');
    expect(signInWithPassword).not.toHaveBeenCalled();
  });

  it('says that the link is no longer good before a password is typed', async () => {
    server.linkHolder.mockRejectedValue(new ApiProblem('token.rejected'));
    open('reset');
    await flushPromises();
    expect(page.find('form').exists()).toBe(false);
    expect(page.get('[role=alert]').text()).toContain('Ce lien n’est plus valable.');
  });

  it('takes a password though the holder could not be read', async () => {
    server.linkHolder.mockRejectedValue(new ApiProblem('service.busy'));
    open('reset');
    await choose('Une-Gare-Au-Soleil-31');
    expect(server.choosePassword).toHaveBeenCalledOnce();
  });

  it('keeps the link when the password is weak, and says why', async () => {
    const errors = [{ field: 'newPassword', code: 'service-name', message: '', word: 'portillon' }];
    server.choosePassword.mockRejectedValueOnce(new ApiProblem('password.weak', { errors }));
    open('reset');
    await choose('Portillon-2026!');
    expect(page.get('[role=alert]').text()).toMatch(
      /Il est trop court sans «\u00a0portillon\u00a0», un mot du nom du service/,
    );
    await choose('Une-Gare-Au-Soleil-31');
    expect(server.choosePassword).toHaveBeenCalledTimes(2);
  });

  it('says what to do with a link that is no longer good', async () => {
    server.choosePassword.mockRejectedValue(new ApiProblem('token.rejected'));
    open('invitation');
    await choose('Une-Gare-Au-Soleil-31');
    expect(page.get('[role=alert]').text()).toContain('Cette invitation n’est plus valable.');
    expect(page.get('a.button').attributes('href')).toBe('/mot-de-passe-oublie');
  });

  it('asks for a password before asking the server', async () => {
    open('reset');
    await choose('');
    expect(page.text()).toContain('Saisissez un nouveau mot de passe.');
    expect(server.choosePassword).not.toHaveBeenCalled();
  });
});
