import { acrOfMeans } from '@portillon/application';
import type { Account } from '@portillon/account';
import type { Session } from '@portillon/session';
import { strongestProof } from './level.policy';
import { claimsOf } from './claims.service';
import { application } from '../testing/openid.fixture';
import { CLAIMS_OF_SCOPES } from './provider.constants';

type Proved = Pick<Session, 'means' | 'proof' | 'amr'>;

const CLAIRE = { id: 'a1', nationalId: '899700366240', roles: [], memberships: [] } as unknown as Account;
const SWITCHES = {
  ...application(),
  claimNames: false,
  claimMail: false,
  claimGroups: false,
};

function claims(proved: Proved, claimsShape: 'psc' | 'plain' = 'psc'): Record<string, unknown> {
  const authenticatedAt = new Date('2026-11-28');
  const rest = { activity: null, acr: null, codeAcceptedAt: null, authenticatedAt };
  const session = { ...proved, ...rest, principal: { structure: null } } as unknown as Session;
  const asking = { application: { ...SWITCHES, claimsShape }, scope: 'openid pro_sante' };
  return claimsOf(CLAIRE, session, strongestProof(session, acrOfMeans()), asking);
}

describe('how the person signed in, in the words of Pro Santé Connect', () => {
  it.each<[string, Proved, number, string | undefined]>([
    ['a password', { means: 'password', proof: {}, amr: ['pwd'] }, 1, undefined],
    ['a code by mail', { means: 'password', proof: { code: 'mail' }, amr: ['pwd'] }, 1, undefined],
    ['a code by SMS', { means: 'password', proof: { code: 'sms' }, amr: ['pwd'] }, 2, undefined],
    ['an e-CPS', { means: 'pro-sante-connect', proof: {}, amr: [] }, 3, undefined],
    ['a card at PSC', { means: 'pro-sante-connect', proof: { card: true }, amr: [] }, 3, 'CARD'],
    ['a card here', { means: 'cpx', proof: {}, amr: ['sc'] }, 3, 'CARD'],
  ])('%s', (_, proved, step, authMode) => {
    const stated = claims(proved);
    expect(stated['Palier_Authentification']).toBe(`APPPRIP${step}^1.2.250.1.213.1.5.1.1.1`);
    expect(stated['authMode']).toBe(authMode);
  });

  it('is for applications that speak it alone', () => {
    const plain = claims({ means: 'cpx', proof: {}, amr: ['sc'] }, 'plain');
    expect(plain).not.toHaveProperty('Palier_Authentification');
    expect(plain).not.toHaveProperty('authMode');
  });

  it('states every claim that is announced', () => {
    const stated = Object.keys(claims({ means: 'cpx', proof: {}, amr: ['sc'] }));
    const ofActivity = ['activity', 'national_id'];
    const announced = CLAIMS_OF_SCOPES.pro_sante.filter(
      (claim) => !/^Subject(Role|Org|RefPro)|^Secteur/.test(claim) && !ofActivity.includes(claim),
    );
    expect(stated).toEqual(expect.arrayContaining(announced));
  });
});
