import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { account, challenge, interaction, SERVICE, session } from '../../../test/samples';
import { field, open, page, press, router, settle, text, type } from '../../../test/pages';
import * as accountApi from '../../api/account.api';
import * as cardApi from '../../api/card.api';
import * as interactionApi from '../../api/interaction.api';
import * as passkeyApi from '../../api/passkey.api';
import { ApiProblem } from '../../api/problem';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';
import * as signInApi from '../../api/sign-in.api';
import { leavePage } from '../../composables/page/leave-page';
import { keepRequest } from '../../router/application-request';
import { useSessionStore } from '../../stores/session.store';
import { useStepUpStore } from '../../stores/step-up.store';

vi.mock('../../api/account.api');
vi.mock('../../api/applications.api');
vi.mock('../../api/card.api');
vi.mock('../../api/interaction.api');
vi.mock('../../api/passkey.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');
vi.mock('../../api/sign-in.api');
vi.mock('../../composables/page/leave-page');
const requests = vi.mocked(interactionApi);
const sessions = vi.mocked(sessionApi);
const BACK = 'http://localhost:3000/oidc/authorize/u1';
const CLAIRE = { displayName: 'Claire Martin' };
const TWO_FACTORS = {
  prompt: 'step-up',
  account: CLAIRE,
  requiredAcr: 'eidas1-mfa',
  means: ['cpx', 'passkey'],
} satisfies Parameters<typeof interaction>[0];
const refuse = (code: string, more = {}) => Promise.reject(new ApiProblem(code, more));
const asks = (changes: Parameters<typeof interaction>[0]) =>
  requests.readInteraction.mockResolvedValue(interaction(changes));
const available = (...ids: ('pro-sante-connect' | 'cpx' | 'password')[]) =>
  vi.mocked(serviceApi).listMeans.mockResolvedValue(ids.map((id) => ({ id, available: true })));

beforeEach(() => {
  vi.resetAllMocks();
  sessions.readSession.mockResolvedValue(session());
  vi.mocked(accountApi).getAccount.mockResolvedValue(account());
  vi.mocked(serviceApi).getService.mockResolvedValue({ ...SERVICE, demo: false });
  available('password');
  vi.mocked(passkeyApi).canConfirmWithPasskey.mockResolvedValue(false);
  requests.completeInteraction.mockResolvedValue(BACK);
  requests.refuseInteraction.mockResolvedValue(BACK);
});
afterEach(() => page.unmount());

describe('the request of an application, without a session', () => {
  beforeEach(() => {
    sessions.readSession.mockImplementation(() => refuse('session.required'));
    // The server's answer after the sign-in.
    requests.readInteraction.mockImplementation(async () =>
      useSessionStore().signedIn
        ? interaction({ prompt: 'confirm-identity', account: CLAIRE })
        : interaction({ loginHint: 'claire.martin' }),
    );
  });

  it('opens the sign-in, which names the application and fills in whom it expects', async () => {
    await open('/?request=u1');
    expect(router.currentRoute.value.path).toBe('/connexion');
    expect(text()).toContain('Pour continuer vers Orientation');
    expect(field('Identifiant').value).toBe('claire.martin');
  });

  it('is answered after the password and the code, and the page is left for the application', async () => {
    const in10Minutes = new Date(Date.now() + 600_000).toISOString();
    vi.mocked(signInApi).signInWithPassword.mockResolvedValue({
      status: 'code-required',
      challenge: challenge({ expiresAt: in10Minutes, resendAvailableAt: in10Minutes }),
      alternatives: [],
      sharedWorkstation: false,
    });
    vi.mocked(signInApi).submitSignInCode.mockResolvedValue(session());
    await open('/?request=u1');
    await type('Mot de passe', 'secret');
    await press('Se connecter');
    expect(text()).toContain('Pour continuer vers Orientation');
    await type('Code', '482913');
    await press('Valider');
    expect(requests.completeInteraction).toHaveBeenCalledWith('u1');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('that is over says so, and the application is a link away', async () => {
    requests.readInteraction.mockImplementation(() =>
      refuse('interaction.expired', { initiateLoginUri: 'https://orientation.example/login' }),
    );
    await open('/?request=u1');
    expect(text()).toContain('La demande de l’application a plus de 15 minutes');
    expect(page.get('a[href="https://orientation.example/login"]').text()).toContain('Recommencer');
  });
});

describe('the request of an application, in a session', () => {
  it('asks nothing more after a return from Pro Santé Connect for it', async () => {
    keepRequest('u1');
    asks({ prompt: 'confirm-identity', account: CLAIRE });
    await open('/demande?request=u1');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('explains that the application expects another person', async () => {
    asks({ prompt: 'sign-in', account: CLAIRE });
    await open('/?request=u1');
    expect(text()).toContain('Orientation attend une autre personne que Claire Martin');
    expect(requests.completeInteraction).not.toHaveBeenCalled();
  });

  it('asks on a shared workstation whether it is still the same person', async () => {
    asks({ prompt: 'confirm-identity', account: CLAIRE });
    await open('/?request=u1');
    expect(text()).toContain('Continuer comme Claire Martin ?');
    expect(requests.completeInteraction).not.toHaveBeenCalled();
    await press('Continuer');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('is kept while another person takes the place', async () => {
    asks({ prompt: 'confirm-identity', account: CLAIRE });
    sessions.signOut.mockResolvedValue(null);
    await open('/?request=u1');
    await press('Changer de personne');
    expect(router.currentRoute.value.path).toBe('/connexion');
    expect(text()).toContain('Pour continuer vers Orientation');
    expect(text()).not.toContain('Vous pouvez laisser ce poste');
    vi.mocked(signInApi).signInWithPassword.mockResolvedValue({
      status: 'signed-in',
      session: session({ id: 's2' }),
    });
    asks({ prompt: 'confirm-identity', account: { displayName: 'Paul Durand' } });
    await type('Identifiant', 'paul.durand');
    await type('Mot de passe', 'secret');
    await press('Se connecter');
    expect(leavePage).toHaveBeenCalledWith(BACK);
    // The next sign-in in this tab starts without it.
    await router.push('/connexion');
    expect(sessionStorage.getItem('portillon.request')).toBeNull();
  });

  it('shows what a foreign application would learn, and accepts a refusal', async () => {
    const application = { ...interaction().application, operator: 'Hôpital des Trois Dames' };
    const scopes = ['openid', 'structure', 'pro_sante', 'tea'];
    asks({ prompt: 'consent', account: CLAIRE, scopes, application });
    await open('/?request=u1');
    expect(text()).toContain('Autoriser Orientation ?');
    expect(text()).toContain('Orientation est proposée par Hôpital des Trois Dames.');
    expect(text()).toContain('Vous pourrez retirer cet accord dans « Mon compte ».');
    const learnt = page.findAll('li').map((one) => one.text());
    expect(learnt).toHaveLength(4);
    expect(learnt[1]).toBe('la structure pour laquelle vous travaillez, et votre fonction');
    expect(learnt[3]).toBe('tea');
    await press('Refuser');
    expect(requests.refuseInteraction).toHaveBeenCalledWith('u1');
    expect(requests.completeInteraction).not.toHaveBeenCalled();
  });

  it('that wants a fresh proof takes a code', async () => {
    asks({ prompt: 'step-up', account: CLAIRE, maxAge: 300 });
    await open('/?request=u1');
    await press('Recevoir un code');
    expect(useStepUpStore().reason).toBe('application.asks');
    expect(requests.completeInteraction).not.toHaveBeenCalled();
    useStepUpStore().settle(true);
    await settle();
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('that wants a fresh proof stays when the code is given up', async () => {
    asks({ prompt: 'step-up', account: CLAIRE, maxAge: 300 });
    await open('/?request=u1');
    await press('Recevoir un code');
    useStepUpStore().settle(false);
    await settle();
    expect(requests.completeInteraction).not.toHaveBeenCalled();
    expect(text()).toContain('Confirmer votre identité');
  });

  it('that wants card or Pro Santé Connect takes no code, and comes back to this page', async () => {
    available('pro-sante-connect', 'cpx', 'password');
    asks({
      prompt: 'step-up',
      account: CLAIRE,
      requiredAcr: 'eidas2',
      means: ['pro-sante-connect', 'cpx'],
      codes: [],
    });
    vi.mocked(cardApi).signInWithCard.mockResolvedValue(session({ id: 's3', means: 'cpx' }));
    await open('/?request=u1');
    expect(text()).not.toContain('Recevoir un code');
    const link = new URL(page.get<HTMLAnchorElement>('a.button').element.href);
    expect([...link.searchParams]).toEqual([
      ['returnTo', '/demande?request=u1'],
      ['fresh', 'true'],
    ]);
    await press('Confirmer avec la carte CPx');
    expect(useSessionStore().session?.id).toBe('s3');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('says so where nothing here proves enough', async () => {
    asks({ prompt: 'step-up', account: CLAIRE, requiredAcr: 'eidas3', means: ['cpx'], codes: [] });
    await open('/?request=u1');
    expect(text()).toContain('Ni la carte ni Pro Santé Connect ne sont disponibles');
    expect(text()).not.toContain('Recevoir un code');
    await press('Annuler et revenir à Orientation');
    expect(requests.refuseInteraction).toHaveBeenCalledWith('u1');
  });

  it('that wants two factors says that a mail is not enough, and takes a code by SMS', async () => {
    asks({ ...TWO_FACTORS, codes: ['SMS'] });
    await open('/?request=u1');
    expect(text()).toContain('un code reçu par e‑mail n’y suffit pas');
    await press('Recevoir un code par SMS');
    expect(useStepUpStore().way).toBe('SMS');
    useStepUpStore().settle(true);
    await settle();
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('that requires two factors accepts an existing passkey or app', async () => {
    vi.mocked(passkeyApi).canConfirmWithPasskey.mockResolvedValue(true);
    asks({ ...TWO_FACTORS, codes: ['totp'] });
    await open('/?request=u1');
    expect(text()).toContain('Utiliser mon application d’authentification');
    await press('Confirmer avec une clé d’accès');
    expect(useStepUpStore().way).toBe('passkey');
  });

  it('that requires two factors explains how to get one, and returns with a refusal', async () => {
    asks({ ...TWO_FACTORS, codes: [] });
    await open('/?request=u1');
    expect(text()).toContain('vous pouvez valider un numéro de portable');
    await press('Annuler et revenir à Orientation');
    expect(requests.refuseInteraction).toHaveBeenCalledWith('u1');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });

  it('does not repeat the code step: it shows that the proof was insufficient', async () => {
    asks({ prompt: 'step-up', account: CLAIRE, maxAge: 60 });
    requests.completeInteraction.mockImplementation(() => refuse('reauthentication.required'));
    await open('/?request=u1');
    await press('Recevoir un code');
    useStepUpStore().settle(true);
    await settle();
    expect(useStepUpStore().reason).toBeNull();
    expect(requests.completeInteraction).toHaveBeenCalledTimes(1);
    expect(text()).toContain('Ce que vous venez de donner ne suffit pas à Orientation.');
  });

  it('shows what the person consents to once they have proved who they are', async () => {
    asks({ prompt: 'step-up', account: CLAIRE, maxAge: 60, scopes: ['openid'] });
    await open('/?request=u1');
    await press('Recevoir un code');
    asks({ prompt: 'consent', account: CLAIRE, scopes: ['openid'] });
    useStepUpStore().settle(true);
    await settle();
    expect(text()).toContain('Autoriser Orientation ?');
    expect(requests.completeInteraction).not.toHaveBeenCalled();
  });

  it('that is over has a separate page', async () => {
    requests.readInteraction.mockImplementation(() => refuse('interaction.expired'));
    await open('/?request=u1');
    expect(text()).toContain('Cette demande n’est plus valable');
    expect(text()).toContain('Revenez à l’application et ouvrez‑la de nouveau.');
  });

  it('that the server refuses says why, and can be answered again', async () => {
    asks({ prompt: 'confirm-identity', account: CLAIRE });
    requests.completeInteraction.mockImplementationOnce(() => refuse('unreachable'));
    await open('/?request=u1');
    await press('Continuer');
    expect(text()).toContain('Le service ne répond pas');
    await press('Réessayer');
    expect(leavePage).toHaveBeenCalledWith(BACK);
  });
});
