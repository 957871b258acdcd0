import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, press, router, text, typeCode, typePassword } from '../../../test/pages';
import { sentNow, SERVICE, session } from '../../../test/samples';
import { ApiProblem } from '../../api/problem';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';
import * as signInApi from '../../api/sign-in.api';
import * as totpApi from '../../api/totp.api';

vi.mock('../../api/account.api');
vi.mock('../../api/recovery-code.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');
vi.mock('../../api/sign-in.api');
vi.mock('../../api/totp.api');
const signIns = vi.mocked(signInApi);
const refuse = (code: string) => Promise.reject(new ApiProblem(code));

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi).readSession.mockImplementation(() => refuse('session.required'));
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  vi.mocked(serviceApi).getService.mockResolvedValue(SERVICE);
  vi.mocked(totpApi).getTotp.mockResolvedValue({ offered: true, confirmedAt: null });
});
afterEach(() => page.unmount());

describe('the code step with an authenticator app', () => {
  const begun = {
    status: 'code-required',
    challenge: null,
    alternatives: ['totp', 'EMAIL'],
    sharedWorkstation: false,
  } as const;

  beforeEach(() => {
    signIns.signInWithPassword.mockResolvedValue({ ...begun, alternatives: [...begun.alternatives] });
    vi.mocked(totpApi).signInWithTotp.mockResolvedValue(session());
  });

  it('asks for the code of the app, and no message leaves', async () => {
    await open('/connexion?returnTo=/mon-compte');
    await typePassword();
    expect(text()).toContain('Code de votre application');
    expect(text()).not.toContain('votre messagerie sur chaque ordinateur');
    await typeCode();
    expect(totpApi.signInWithTotp).toHaveBeenCalledWith('482913', true);
    expect(router.currentRoute.value.path).toBe('/mon-compte');
    expect(signIns.resendSignInCode).not.toHaveBeenCalled();
  });

  it('is still there when the phone dropped the tab while the person read the code', async () => {
    await open('/connexion');
    await typePassword();
    page.unmount();
    await open('/connexion/code');
    expect(text()).toContain('Code de votre application');
  });

  it('sends a message when the phone is not at hand, and leads back to the app', async () => {
    signIns.resendSignInCode.mockResolvedValue(sentNow());
    await open('/connexion');
    await typePassword();
    await press('Recevoir le code par e‑mail');
    expect(text()).toContain('Un code OTP vous a été envoyé par e‑mail');
    await press('Utiliser mon application d’authentification');
    expect(text()).toContain('Code de votre application');
  });

  it('says when the message could not leave', async () => {
    signIns.resendSignInCode.mockImplementation(() => refuse('channel.unavailable'));
    await open('/connexion');
    await typePassword();
    await press('Recevoir le code par e‑mail');
    expect(text()).toContain('Code de votre application');
    expect(page.find('[role=alert]').exists()).toBe(true);
  });

  it('says what to do at a wrong code, and goes back when the sign-in took too long', async () => {
    vi.mocked(totpApi).signInWithTotp.mockImplementationOnce(() => refuse('totp.rejected'));
    vi.mocked(totpApi).signInWithTotp.mockImplementationOnce(() => refuse('sign-in.required'));
    await open('/connexion');
    await typePassword();
    await typeCode();
    expect(text()).toContain('Attendez le suivant');
    await typeCode();
    expect(text()).toContain('Le temps pour saisir le code est passé.');
  });
});
