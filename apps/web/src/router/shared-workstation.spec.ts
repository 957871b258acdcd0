import { mount } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, router, settle, text, typeCode, typePassword } from '../../test/pages';
import { account, sentNow, SERVICE, session } from '../../test/samples';
import * as accountApi from '../api/account.api';
import { listOwnApplications } from '../api/applications.api';
import { ApiProblem } from '../api/problem';
import * as serviceApi from '../api/service.api';
import * as sessionApi from '../api/session.api';
import * as signInApi from '../api/sign-in.api';
import AppHeader from '../features/shell/AppHeader.vue';
import { useSessionStore } from '../stores/session.store';

vi.mock('../api/account.api');
vi.mock('../api/applications.api');
vi.mock('../api/recovery-code.api');
vi.mock('../api/service.api');
vi.mock('../api/session.api');
vi.mock('../api/sign-in.api');
vi.mock('../api/totp.api');
const service = vi.mocked(serviceApi);
const sessions = vi.mocked(sessionApi);
const signIns = vi.mocked(signInApi);
const begun = () => ({
  status: 'code-required' as const,
  challenge: sentNow(),
  alternatives: [],
  sharedWorkstation: false,
});

beforeEach(() => {
  vi.resetAllMocks();
  sessions.readSession.mockImplementation(() => Promise.reject(new ApiProblem('session.required')));
  service.listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  service.getService.mockResolvedValue({ ...SERVICE, demo: false });
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
  vi.mocked(accountApi).listActivity.mockResolvedValue({ items: [], nextCursor: null });
  vi.mocked(accountApi).listBrowsers.mockResolvedValue([]);
  vi.mocked(listOwnApplications).mockResolvedValue([]);
  signIns.signInWithPassword.mockResolvedValue(begun());
  signIns.submitSignInCode.mockResolvedValue(session());
});
afterEach(() => page.unmount());

describe('a shared workstation', () => {
  it('is not remembered, where the structure of the person says so', async () => {
    signIns.signInWithPassword.mockResolvedValue({ ...begun(), sharedWorkstation: true });
    await open('/connexion');
    await typePassword();
    expect(page.find('input[type=checkbox]').exists()).toBe(false);
    await typeCode();
    expect(signIns.submitSignInCode).toHaveBeenCalledWith('482913', false);
  });

  it('keeps nothing of the last person, before anybody is known', async () => {
    localStorage.setItem('portillon.means', 'pro-sante-connect');
    service.getService.mockResolvedValue({ ...SERVICE, demo: false, sharedWorkstation: true });
    await open('/connexion');
    expect(localStorage.getItem('portillon.means')).toBeNull();
    expect(page.get('input[name=username]').attributes('autocomplete')).toBe('off');
    await typePassword();
    expect(page.find('input[type=checkbox]').exists()).toBe(false);
  });

  it('is left to the next person by Ctrl+Alt+L, who starts at the sign-in page', async () => {
    sessions.readSession.mockResolvedValue(session({ sharedWorkstation: true }));
    sessions.signOut.mockResolvedValue(null);
    await open('/mon-compte');
    const header = mount(AppHeader, { global: { plugins: [router] } });
    await settle();
    expect(header.text()).toContain('Changer de personne');
    dispatchEvent(new KeyboardEvent('keydown', { code: 'KeyL', key: 'l', ctrlKey: true, altKey: true }));
    await settle();
    expect(sessions.signOut).toHaveBeenCalledTimes(1);
    expect(router.currentRoute.value.fullPath).toBe('/connexion');
    expect(text()).not.toContain('Vous pouvez laisser ce poste');
    header.unmount();
  });

  it('that was left alone leads who comes to it to no page of the last person', async () => {
    sessions.readSession.mockResolvedValue(session({ sharedWorkstation: true }));
    await open('/mon-compte');
    useSessionStore().lose();
    await settle();
    expect(router.currentRoute.value.fullPath).toBe('/connexion');
    expect(text()).toContain('La session ouverte sur ce poste est terminée');
  });
});
