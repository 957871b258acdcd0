import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, router, settle, typeCode, typePassword } from '../../test/pages';
import { account, sentNow, SERVICE, session } from '../../test/samples';
import * as accountApi from '../api/account.api';
import { listOwnApplications } from '../api/applications.api';
import { ApiProblem } from '../api/problem';
import * as serviceApi from '../api/service.api';
import * as sessionApi from '../api/session.api';
import * as signInApi from '../api/sign-in.api';
import { leavePage } from '../composables/page/leave-page';
import { useSessionStore } from '../stores/session.store';

vi.mock('../api/account.api');
vi.mock('../api/applications.api');
vi.mock('../api/recovery-code.api');
vi.mock('../api/service.api');
vi.mock('../api/session.api');
vi.mock('../api/sign-in.api');
vi.mock('../api/totp.api');
vi.mock('../composables/page/leave-page');
const accounts = vi.mocked(accountApi);
const service = vi.mocked(serviceApi);
const sessions = vi.mocked(sessionApi);
const signIns = vi.mocked(signInApi);
const refuse = (code: string, more = {}) => Promise.reject(new ApiProblem(code, more));
const begun = () => ({
  status: 'code-required' as const,
  challenge: sentNow(),
  alternatives: [],
  sharedWorkstation: false,
});

const text = () => page.text().replace(/[\u00a0\u202f]/g, ' ');

beforeEach(() => {
  vi.resetAllMocks();
  sessions.readSession.mockImplementation(() => refuse('session.required'));
  service.listMeans.mockResolvedValue([
    { id: 'pro-sante-connect', available: false },
    { id: 'password', available: true },
  ]);
  service.getService.mockResolvedValue(SERVICE);
  accounts.getAccount.mockResolvedValue(account());
  accounts.listActivity.mockResolvedValue({ items: [], nextCursor: null });
  accounts.listBrowsers.mockResolvedValue([]);
  vi.mocked(listOwnApplications).mockResolvedValue([]);
  signIns.signInWithPassword.mockResolvedValue(begun());
  signIns.submitSignInCode.mockResolvedValue(session());
});
afterEach(() => page.unmount());

describe('signing in', () => {
  it('goes by password, code, and to the page that was wanted', async () => {
    await open('/mon-compte');
    expect(router.currentRoute.value.fullPath).toBe('/connexion?returnTo=/mon-compte');
    await typePassword();
    expect(signIns.signInWithPassword).toHaveBeenCalledWith('claire.martin', 'secret');
    expect(router.currentRoute.value.path).toBe('/connexion/code');
    await typeCode();
    expect(signIns.submitSignInCode).toHaveBeenCalledWith('482913', true);
    expect(router.currentRoute.value.fullPath).toBe('/mon-compte');
  });

  it('asks for no code in a browser that gave one', async () => {
    signIns.signInWithPassword.mockResolvedValue({ status: 'signed-in', session: session() });
    await open('/');
    await typePassword();
    expect(router.currentRoute.value.path).toBe('/');
    expect(text()).toContain('Bonjour Claire Martin');
  });

  it('says at home when the next code is, by what the browser is remembered for', async () => {
    const remembered = {
      id: 'b1',
      current: true,
      device: '',
      lastUsedAt: '',
      createdAt: '',
      codeAcceptedAt: '',
    };
    const codeValidUntil = '2026-11-25T11:00:00.000Z';
    sessions.readSession.mockResolvedValue(session());
    accounts.listBrowsers.mockResolvedValue([{ ...remembered, codeValidUntil }]);
    await open('/');
    expect(text()).toContain('pas avant le mercredi 25 novembre à 12:00 dans ce navigateur');
    page.unmount();
    accounts.listBrowsers.mockResolvedValue([]);
    await open('/');
    expect(text()).toContain('Ce navigateur demandera un code à la prochaine connexion.');
  });

  it('remembers the browser only when the box stays ticked', async () => {
    await open('/connexion');
    await typePassword();
    await page.get('input[type=checkbox]').setValue(false);
    await typeCode();
    expect(signIns.submitSignInCode).toHaveBeenCalledWith('482913', false);
  });

  it('offers no such box where a code is asked each time', async () => {
    service.getService.mockResolvedValue({ ...(await serviceApi.getService()), codeWindowHours: 0 });
    await open('/connexion');
    await typePassword();
    expect(page.find('input[type=checkbox]').exists()).toBe(false);
    await typeCode();
    expect(signIns.submitSignInCode).toHaveBeenCalledWith('482913', false);
  });

  it('never opens another site afterwards', async () => {
    signIns.signInWithPassword.mockResolvedValue({ status: 'signed-in', session: session() });
    await open('/connexion?returnTo=//evil.example/');
    await typePassword();
    expect(router.currentRoute.value.fullPath).toBe('/');
  });

  it('says that the demo is one, with its mailbox a link away', async () => {
    await open('/connexion');
    expect(text()).toContain('Ceci est une démonstration');
    expect(page.find('a[href^="/demo/mailbox"]').exists()).toBe(true);
  });

  it('says the same for every refused pair, and keeps the name', async () => {
    signIns.signInWithPassword.mockImplementation(() => refuse('credentials.rejected'));
    await open('/connexion');
    await typePassword();
    expect(page.get('[role=alert]').text()).toContain('Identifiant ou mot de passe incorrect.');
    expect(page.get<HTMLInputElement>('input[name=username]').element.value).toBe('claire.martin');
  });

  it('waits as long as the API says', async () => {
    signIns.signInWithPassword.mockImplementation(() =>
      refuse('attempts.exceeded', { retryAfterSeconds: 65 }),
    );
    await open('/connexion');
    await typePassword();
    expect(text()).toContain('Vous pourrez réessayer dans 65 secondes.');
    await page.get('form').trigger('submit');
    expect(signIns.signInWithPassword).toHaveBeenCalledTimes(1);
  });

  it('shows no wait that belongs to the previous person', async () => {
    signIns.signInWithPassword.mockImplementation(() =>
      refuse('attempts.exceeded', { retryAfterSeconds: 65 }),
    );
    await open('/connexion');
    await typePassword();
    await page.get('input[name=username]').setValue('nadia.benali');
    expect(page.find('[role=alert]').exists()).toBe(false);
    await page.get('form').trigger('submit');
    expect(signIns.signInWithPassword).toHaveBeenLastCalledWith('nadia.benali', expect.anything());
  });

  it('asks for what was left empty before asking the server, and says so in the title', async () => {
    await open('/connexion');
    await page.get('form').trigger('submit');
    expect(text()).toContain('Saisissez votre identifiant.');
    expect(signIns.signInWithPassword).not.toHaveBeenCalled();
    expect(document.title).toBe('Erreur\u00a0: Se connecter — Portillon');
    await page.get('input[name=username]').setValue('claire.martin');
    await page.get('input[type=password]').setValue('secret');
    expect(document.title).toBe('Se connecter — Portillon');
  });
});

describe('the code step', () => {
  it('goes on when the first message could not leave, and offers the other channel', async () => {
    const failed = sentNow({ channel: 'SMS', otherChannels: ['EMAIL'] });
    signIns.signInWithPassword.mockImplementation(() => refuse('delivery.failed', { challenge: failed }));
    signIns.resendSignInCode.mockResolvedValue(sentNow());
    await open('/connexion');
    await typePassword();
    expect(text()).toContain('Le SMS n’est pas parti.');
    await page
      .findAll('button')
      .find((one) => one.text() === 'Recevoir le code par e‑mail')!
      .trigger('click');
    await settle();
    expect(signIns.resendSignInCode).toHaveBeenCalledWith('EMAIL');
    expect(text()).toContain('Un code OTP vous a été envoyé par e‑mail');
  });

  it('goes back with a sentence when the sign-in took too long', async () => {
    signIns.submitSignInCode.mockImplementation(() => refuse('sign-in.required'));
    await open('/connexion?returnTo=/mon-compte');
    await typePassword();
    await typeCode();
    expect(router.currentRoute.value.fullPath).toBe('/connexion?returnTo=/mon-compte');
    expect(text()).toContain('Le temps pour saisir le code est passé.');
  });

  it('is absent before a sign-in has begun', async () => {
    await open('/connexion/code');
    expect(router.currentRoute.value.path).toBe('/connexion');
  });

  it.each([[[]], [['SMS' as const]]])(
    'warns about the mailbox if nothing is beside it: %o',
    async (otherChannels) => {
      signIns.signInWithPassword.mockResolvedValue({ ...begun(), challenge: sentNow({ otherChannels }) });
      await open('/connexion');
      await typePassword();
      const isWarned = text().includes('votre messagerie sur chaque ordinateur de votre structure');
      expect(isWarned).toBe(otherChannels.length === 0);
    },
  );
});

describe('a page that wants a session', () => {
  it('opens in a session', async () => {
    sessions.readSession.mockResolvedValue(session());
    await open('/connexion');
    expect(router.currentRoute.value.path).toBe('/');
  });

  it('is left with a sentence when the session ends, and found again', async () => {
    sessions.readSession.mockResolvedValue(session());
    await open('/mon-compte/connexions');
    useSessionStore().end('ended');
    await settle();
    expect(router.currentRoute.value.fullPath).toBe('/connexion?returnTo=/mon-compte/connexions');
    expect(text()).toContain('Votre session est terminée');
  });

  it('is not found again by the next person after a sign-out', async () => {
    sessions.readSession.mockResolvedValue(session());
    sessions.signOut.mockResolvedValue(undefined as never);
    await open('/mon-compte/connexions');
    await useSessionStore().leave();
    await settle();
    expect(router.currentRoute.value.fullPath).toBe('/connexion');
    expect(text()).toContain('Vous pouvez laisser ce poste.');
  });

  it('is left for sign-in also from an open page, with a sentence', async () => {
    sessions.readSession.mockResolvedValue(session());
    sessions.signOut.mockResolvedValue(undefined as never);
    await open('/accessibilite');
    await useSessionStore().leave();
    await settle();
    expect(router.currentRoute.value.fullPath).toBe('/connexion');
  });

  it('shows nothing of the person before', async () => {
    sessions.readSession.mockResolvedValue(session());
    accounts.getAccount.mockResolvedValueOnce(account({ displayName: 'Claire Martin' }));
    await open('/mon-compte');
    expect(text()).toContain('Claire Martin');
    useSessionStore().adopt(
      session({ account: { ...session().account, id: 'a2', displayName: 'Paul Durand' } }),
    );
    accounts.getAccount.mockReturnValue(new Promise(() => undefined));
    await settle();
    expect(text()).not.toContain('Claire Martin');
  });

  it('is left at once for the application that waits behind a sign-out at Pro Santé Connect', async () => {
    await open('/connexion?state=application');
    expect(leavePage).toHaveBeenCalledWith('/api/oidc/sign-out/return');
  });

  it('says so when the service is silent, with another try', async () => {
    sessions.readSession.mockImplementation(() => refuse('unreachable'));
    await open('/mon-compte');
    expect(text()).toContain('Le service ne répond pas');
    sessions.readSession.mockResolvedValue(session());
    await page.get('button').trigger('click');
    await settle();
    expect(router.currentRoute.value.path).toBe('/mon-compte');
  });
});
