import { ACR_LEVELS, acrOf, acrOfMeans, amrOfEvidence, reachesAcr, SignInEvidence } from './acr.policy';

const evidence = (changes: Partial<SignInEvidence>): SignInEvidence => ({
  means: 'password',
  code: null,
  amr: [],
  ...changes,
});

describe('the level of a sign-in', () => {
  const passkey = { means: 'passkey', amr: ['hwk'] } as const;
  const psc = { means: 'pro-sante-connect', amr: ['otp'], stated: 'eidas1' } as const;

  it.each([
    ['a password in a browser that gave a code', {}, 'eidas1', ['pwd']],
    ['a password and a code by mail', { code: 'mail' }, 'eidas1', ['pwd', 'mail']],
    ['a password and a code by SMS', { code: 'sms' }, 'eidas1-mfa', ['pwd', 'sms', 'mfa']],
    ['a password and an authenticator app', { code: 'otp' }, 'eidas1-mfa', ['pwd', 'totp', 'mfa']],
    ['a passkey', passkey, 'eidas1-mfa', ['hwk', 'user', 'mfa']],
    [
      'a passkey of a proven identity',
      { ...passkey, identityProven: true },
      'eidas1-mfa',
      ['hwk', 'user', 'mfa'],
    ],
    ['Pro Santé Connect', psc, 'eidas1', ['otp', 'mfa']],
    ['Pro Santé Connect by card', { ...psc, card: true }, 'eidas1', ['sc', 'pin', 'mfa', 'hwk']],
    ['a provider that PSC delegates to', { ...psc, card: true, delegated: true }, 'eidas1', ['otp']],
    ['a card', { means: 'cpx' }, 'eidas3', ['sc', 'pin', 'mfa', 'hwk']],
  ] as const)('by %s', (_, changes, acr, amr) => {
    const shown = evidence(changes);
    expect(acrOf(shown, acrOfMeans())).toBe(acr);
    expect(amrOfEvidence(shown)).toEqual(amr);
  });

  it('by mail is never several factors', () => {
    expect(amrOfEvidence(evidence({ code: 'mail' }))).not.toContain('mfa');
  });

  it("is the level that the factor's library declares, and the lowest by default", () => {
    const badge = evidence({ code: 'badge', amr: ['pwd', 'badge', 'mfa'] });
    expect(acrOf({ ...badge, stated: 'eidas1-mfa' }, acrOfMeans())).toBe('eidas1-mfa');
    expect(acrOf(badge, acrOfMeans())).toBe('eidas1');
    expect(amrOfEvidence(badge)).toEqual(['pwd', 'badge', 'mfa']);
  });

  it('is the level that the deployment configures', () => {
    const levels = acrOfMeans('password+sms=eidas1, cpx=eidas2');
    expect([levels['password+sms'], levels.cpx, levels.passkey]).toEqual(['eidas1', 'eidas2', 'eidas1-mfa']);
  });

  it('is raised by an attestation that the deployment names', () => {
    const levels = acrOfMeans('pro-sante-connect=eidas2@ANS-2026-17 passkey+identity=eidas2@ANS-2026-18');
    expect([levels['pro-sante-connect'], levels['passkey+identity']]).toEqual(['eidas2', 'eidas2']);
  });

  it.each([
    'pro-sante-connect=eidas2',
    'pro-sante-connect+card=eidas3',
    'passkey+identity=eidas2',
    'password+sms=eidas2',
    'password+mail=eidas1-mfa',
  ])('is not above what a way proves where nothing attests it: %s', (text) => {
    expect(() => acrOfMeans(text)).toThrow(`name the attestation that allows it, ${text}@REFERENCE`);
  });

  it.each([
    'sms=eidas1',
    'cpx=eidas4',
    'cpx',
    'cpx=eidas3=eidas1',
    'cpx=eidas3@',
    'cpx=eidas3@a@b',
    '__proto__=eidas1',
  ])('is not what a deployment misspells: %s', (text) => {
    expect(() => acrOfMeans(text)).toThrow(`"${text}" is not a way of signing in`);
  });
});

describe('levels', () => {
  it('are compared by their configured order', () => {
    const table = ACR_LEVELS.map((acr) => ACR_LEVELS.filter((asked) => reachesAcr(acr, asked)).length);
    expect(table).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['eidas3', 'eidas4'],
    ['eidas9', 'eidas1'],
    ['', ''],
    ['eidas3', ''],
  ])('that nothing knows (%j for %j) reach nothing and are never reached', (acr, asked) => {
    expect(reachesAcr(acr, asked)).toBe(false);
  });
});
