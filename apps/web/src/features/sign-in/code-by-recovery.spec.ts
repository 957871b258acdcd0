import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { open, page, press, router, text, typeCode, typePassword } from '../../../test/pages';
import { sentNow, session } from '../../../test/samples';
import { ApiProblem } from '../../api/problem';
import * as accountApi from '../../api/account.api';
import * as recoveryApi from '../../api/recovery-code.api';
import * as serviceApi from '../../api/service.api';
import * as sessionApi from '../../api/session.api';
import * as signInApi from '../../api/sign-in.api';
import type { Challenge, FactorWay } from '../../api/types';

vi.mock('../../api/account.api');
vi.mock('../../api/recovery-code.api');
vi.mock('../../api/service.api');
vi.mock('../../api/session.api');
vi.mock('../../api/sign-in.api');
vi.mock('../../api/totp.api');
const recovery = vi.mocked(recoveryApi);
const refuse = (code: string) => Promise.reject(new ApiProblem(code));

async function afterPassword(alternatives: FactorWay[], begun: Challenge | null = sentNow()) {
  const required = { status: 'code-required', sharedWorkstation: false } as const;
  const answer = { ...required, challenge: begun, alternatives };
  vi.mocked(signInApi).signInWithPassword.mockResolvedValue(answer);
  await open('/connexion');
  await typePassword();
}
const typeRecoveryCode = (code: string) => typeCode(code, 'recovery-code');

beforeEach(() => {
  vi.resetAllMocks();
  vi.mocked(sessionApi).readSession.mockImplementation(() => refuse('session.required'));
  vi.mocked(serviceApi).listMeans.mockResolvedValue([{ id: 'password', available: true }]);
  recovery.signInWithRecoveryCode.mockResolvedValue(session({ limitedTo: 'enrolment', recovered: true }));
});
afterEach(() => page.unmount());

describe('the code step with recovery codes', () => {
  it('takes one instead of the sent code, and leads to the adding of a means', async () => {
    await afterPassword(['recovery-code']);
    await press('Utiliser un code de secours');
    expect(text()).toContain('et rien d’autre');
    await typeRecoveryCode('7zqk-0m4t-9rxb-2hwe');
    expect(recovery.signInWithRecoveryCode).toHaveBeenCalledWith('7zqk-0m4t-9rxb-2hwe');
    expect(router.currentRoute.value.name).toBe('enrolment');
    expect(text()).toContain('Vous avez utilisé un code de secours');
  });

  it('leads back to the code that was sent', async () => {
    await afterPassword(['recovery-code']);
    await press('Utiliser un code de secours');
    await press('Revenir au code');
    expect(text()).toContain('Un code OTP vous a été envoyé par e‑mail');
  });

  it('asks for one at once where nothing else opens', async () => {
    await afterPassword(['recovery-code'], null);
    expect(page.find('input[name=recovery-code]').exists()).toBe(true);
    expect(text()).not.toContain('Revenir au code');
  });

  it('offers one beside the app too, and none to a person without', async () => {
    await afterPassword(['totp', 'EMAIL', 'recovery-code'], null);
    expect(text()).toContain('Utiliser un code de secours');
    page.unmount();
    await afterPassword(['totp', 'EMAIL'], null);
    expect(text()).not.toContain('Utiliser un code de secours');
  });

  it('says what to do at a code that is not whole, wrong or no code, and goes back when time is over', async () => {
    await afterPassword(['recovery-code'], null);
    await typeRecoveryCode('7zqk-0m4t');
    expect(text()).toContain('Saisissez tous les caractères du code');
    expect(recovery.signInWithRecoveryCode).not.toHaveBeenCalled();
    recovery.signInWithRecoveryCode.mockImplementationOnce(() => refuse('recovery-code.rejected'));
    await typeRecoveryCode('7zqk-0m4t-9rxb-2hwe');
    expect(text()).toContain('seule la dernière liste créée est valable');
    recovery.signInWithRecoveryCode.mockImplementationOnce(() => refuse('validation.failed'));
    await typeRecoveryCode('7zqk-0m4t-9rxb-2huu');
    expect(text()).toContain('Saisissez tous les caractères du code');
    recovery.signInWithRecoveryCode.mockImplementationOnce(() => refuse('sign-in.required'));
    await typeRecoveryCode('7zqk-0m4t-9rxb-2hwe');
    expect(text()).toContain('Le temps pour saisir le code est passé.');
  });
});

describe('the page on which a recovery code lets a person add a means', () => {
  it('takes an app before the date of the structure, whatever the person had', async () => {
    vi.mocked(sessionApi).readSession.mockResolvedValue(session({ limitedTo: 'enrolment', recovered: true }));
    const course = {
      stage: 'none',
      from: null,
      enrolmentUntil: null,
      totp: false,
      prompt: false,
      identityRequiredFrom: null,
    } as const;
    vi.mocked(accountApi).getStrongMeans.mockResolvedValue({ ...course, ready: true });
    const { getTotp } = await import('../../api/totp.api');
    vi.mocked(getTotp).mockResolvedValue({ offered: true, confirmedAt: '2026-01-01T08:00:00Z' });
    await open('/ajouter-un-moyen');
    expect(text()).toContain('J’ai perdu ce téléphone : remplacer');
    expect(text()).toContain('Si vous ne pouvez rien ajouter ici');
  });
});
