import { acrOfMeans } from '@portillon/application';
import type { Confirmation, Session, SessionFactor } from '@portillon/session';
import {
  acrValuesOf,
  isSupported,
  levelsOfMeans,
  proofsOf,
  ProvedSession,
  ProvingMeans,
  reachesOneOf,
} from './level.policy';

const NINE = Date.UTC(2026, 10, 28, 9) / 1_000;
const TEN = NINE + 3_600;
const at = (seconds: number) => new Date(seconds * 1_000);
const since = (by: Confirmation['by'], seconds: number, more: Partial<Confirmation> = {}): Confirmation => ({
  by,
  at: at(seconds).toISOString(),
  ...more,
});

/** A session signed in at nine; its latest proof is the last confirmation. */
function session(signIn: Partial<ProvedSession>, ...confirmations: Confirmation[]): ProvedSession {
  const { means = 'password', acr = null, amr = [], proof = {} } = signIn;
  const latest = confirmations.at(-1);
  const renewed = latest && { signInProvedAt: at(NINE).toISOString(), confirmations };
  return {
    means,
    acr,
    amr,
    proof: { ...proof, ...renewed },
    signedInAt: at(NINE),
    authenticatedAt: latest ? new Date(latest.at) : at(NINE),
  };
}

const BADGE = 'badge' as SessionFactor;
const CARD: Partial<ProvedSession> = { means: 'cpx', amr: ['sc'] };
const PASSKEY: Partial<ProvedSession> = { means: 'passkey', amr: ['hwk', 'user', 'mfa'] };
const PSC: Partial<ProvedSession> = { means: 'pro-sante-connect', acr: 'eidas1', amr: ['ecps'] };
const MAIL: Partial<ProvedSession> = { proof: { code: 'mail' }, amr: ['pwd', 'mail'] };

const shown = (proved: ProvedSession, text = '') =>
  proofsOf(proved, acrOfMeans(text)).map(({ acr, amr, authTime }) => [acr, amr.join(' '), authTime]);

describe('the proofs of a session, each with a separate time', () => {
  it.each<[string, ProvedSession, [string, string, number][]]>([
    ['a card', session(CARD), [['eidas3', 'sc pin mfa hwk', NINE]]],
    [
      'a card, then a code by mail',
      session(CARD, since('mail', TEN)),
      [
        ['eidas3', 'sc pin mfa hwk', NINE],
        ['eidas1', 'mail', TEN],
      ],
    ],
    [
      'a passkey, then a code of the app',
      session(PASSKEY, since('otp', TEN)),
      [
        ['eidas1-mfa', 'hwk user mfa', NINE],
        ['eidas1', 'totp', TEN],
      ],
    ],
    [
      'Pro Santé Connect, then a code by SMS',
      session(PSC, since('sms', TEN)),
      [
        ['eidas1', 'sms', TEN],
        ['eidas1', 'ecps mfa', NINE],
      ],
    ],
    [
      'a password with a code by SMS, then one by mail',
      session({ proof: { code: 'sms' } }, since('mail', TEN)),
      [
        ['eidas1-mfa', 'pwd sms mfa', NINE],
        ['eidas1', 'pwd mail', TEN],
      ],
    ],
    [
      'a password with a code by mail, then a passkey, then a mail',
      session(MAIL, since('passkey', NINE + 60, { amr: ['swk'] }), since('mail', TEN)),
      [
        ['eidas1-mfa', 'swk user mfa', NINE + 60],
        ['eidas1', 'pwd mail', TEN],
        ['eidas1', 'pwd mail', NINE],
      ],
    ],
    [
      'a card, then a passkey',
      session(CARD, since('passkey', TEN, { amr: ['hwk'], identity: 'cpx' })),
      [
        ['eidas3', 'sc pin mfa hwk', NINE],
        ['eidas1-mfa', 'hwk user mfa', TEN],
      ],
    ],
    [
      'a password with a factor of another library, then a code by mail',
      session(
        { proof: { code: BADGE, acr: 'eidas1-mfa' }, amr: ['pwd', 'badge', 'mfa'] },
        since('mail', TEN),
      ),
      [
        ['eidas1-mfa', 'pwd badge mfa', NINE],
        ['eidas1', 'pwd mail', TEN],
      ],
    ],
    [
      'a password with a code by mail, then a factor of another library',
      session(MAIL, since(BADGE, TEN, { acr: 'eidas1-mfa' })),
      [
        ['eidas1-mfa', 'pwd badge mfa', TEN],
        ['eidas1', 'pwd mail', NINE],
      ],
    ],
    [
      'a card, then a factor of another library',
      session(CARD, since(BADGE, TEN, { acr: 'eidas1-mfa' })),
      [
        ['eidas3', 'sc pin mfa hwk', NINE],
        ['eidas1', 'badge', TEN],
      ],
    ],
  ])('of %s', (_, proved, expected) => {
    expect(shown(proved)).toEqual(expected);
  });

  it.each<[string, ProvedSession]>([
    ['eidas3', session(CARD, since('mail', TEN))],
    ['phr', session(CARD, since('mail', TEN))],
    ['phr', session(PASSKEY, since('otp', TEN))],
    ['eidas1-mfa', session(PASSKEY, since('mail', TEN))],
  ])('are never renewed for %s by a code', (asked, proved) => {
    const reaching = proofsOf(proved, acrOfMeans()).filter((proof) => reachesOneOf(proof, [asked]));
    expect(reaching.map(({ authTime }) => authTime)).toEqual([NINE]);
  });

  it('have the time of the sign-in where a password stood alone, in a remembered browser', () => {
    const remembered = { ...session({}), authenticatedAt: new Date(0) };
    const [proof] = proofsOf(remembered, acrOfMeans());
    expect(proof).toMatchObject({ authTime: NINE, provedAt: new Date(0) });
  });

  it('have no time where Pro Santé Connect gives none', () => {
    expect(shown({ ...session(PSC), authenticatedAt: new Date(0) })).toEqual([['eidas1', 'ecps mfa', 0]]);
  });

  it('have no time where an earlier release renewed the sign-in with a code', () => {
    const renewed: Session['proof'] = { code: 'mail', renewedBy: 'code' };
    expect(shown(session({ ...CARD, proof: renewed }))).toEqual([['eidas3', 'sc pin mfa hwk', 0]]);
  });
});

describe('the level of a sign-in by Pro Santé Connect', () => {
  const ATTESTED = 'pro-sante-connect=eidas2@ANS-2026-17 pro-sante-connect+card=eidas3@ANS-2026-17';
  const level = (proof: Session['proof'], acr: string | null, text = '') =>
    proofsOf(session({ ...PSC, acr, proof }), acrOfMeans(text))[0]!.acr;

  it.each<[string, string | null, Session['proof'], string, string]>([
    ['that it stated', 'eidas1', {}, '', 'eidas1'],
    ['that it stated, by card too', 'eidas1', { card: true }, '', 'eidas1'],
    ['that it stated, should it state more', 'eidas2', {}, '', 'eidas2'],
    ['the lowest, where it states one that is not known', 'gold', {}, '', 'eidas1'],
    ['that of the attestation', 'eidas1', {}, ATTESTED, 'eidas2'],
    ['that of the attestation, by card', 'eidas1', { card: true }, ATTESTED, 'eidas3'],
    ['that it stated, of a provider it delegates to', 'eidas1', { delegated: true }, ATTESTED, 'eidas1'],
    ['that it stated, whatever card is told', 'eidas1', { delegated: true, card: true }, ATTESTED, 'eidas1'],
    ['that of the deployment, where it is lower', 'eidas2', {}, 'pro-sante-connect=eidas1', 'eidas1'],
  ])('is %s', (_, stated, proof, text, expected) => {
    expect(level(proof, stated, text)).toBe(expected);
  });
});

describe('the level of a passkey', () => {
  const ATTESTED = acrOfMeans('passkey+identity=eidas2@ANS-2026-18');
  const acr = (proved: ProvedSession) => proofsOf(proved, ATTESTED)[0]!.acr;

  it('at the sign-in is that of the attestation where its holder’s identity was proven, and nowhere else', () => {
    const proven = session({ ...PASSKEY, proof: { identity: 'cpx' } });
    expect([acr(proven), acr(session(PASSKEY))]).toEqual(['eidas2', 'eidas1-mfa']);
  });

  it('given since is so too', () => {
    const given = (more: Partial<Confirmation>) =>
      acr(session({}, since('passkey', TEN, { amr: ['hwk'], ...more })));
    expect([given({ identity: 'cpx' }), given({})]).toEqual(['eidas2', 'eidas1-mfa']);
  });
});

describe('what a means may prove in a session that is open', () => {
  const ATTESTED = 'pro-sante-connect+card=eidas3@ANS-2026-17 passkey+identity=eidas2@ANS-2026-18';

  it.each<[ProvingMeans, string[], string[]]>([
    ['cpx', ['eidas3', 'sc pin mfa hwk'], ['eidas3', 'sc pin mfa hwk']],
    ['passkey', ['eidas1-mfa', 'hwk user mfa'], ['eidas2', 'hwk user mfa']],
    ['pro-sante-connect', ['eidas1', 'mfa'], ['eidas3', 'sc pin mfa hwk']],
  ])('is at least and at most, by %s: %j, %j', (means, least, most) => {
    const levels = levelsOfMeans(means, acrOfMeans(ATTESTED));
    expect(levels.map(({ acr, amr }) => [acr, amr.join(' ')])).toEqual([least, most]);
  });
});

describe('the levels that a deployment supports', () => {
  it('are those of its means, and `phr`', () => {
    expect(acrValuesOf(acrOfMeans())).toEqual(['eidas1', 'eidas1-mfa', 'eidas3', 'phr']);
    const attested = acrOfMeans('pro-sante-connect=eidas2@ANS-2026-17 cpx=eidas2');
    expect(acrValuesOf(attested)).toEqual(['eidas1', 'eidas1-mfa', 'eidas2', 'phr']);
  });

  it('are reached by stronger ones, and no other is', () => {
    expect(isSupported(['eidas2'], acrOfMeans())).toBe(true);
    expect(isSupported(['gold', 'phr'], acrOfMeans())).toBe(true);
    expect(isSupported(['eidas3'], acrOfMeans('cpx=eidas2'))).toBe(false);
    expect(isSupported(['gold'], acrOfMeans())).toBe(false);
  });
});
