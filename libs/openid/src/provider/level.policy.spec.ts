import { acrOfMeans } from '@portillon/application';
import type { Session } from '@portillon/session';
import { authTimeOf, levelOf, reachesOneOf } from './level.policy';

const signedInAt = new Date(1_000_000);

describe('auth_time', () => {
  it('is when the person last proved who they are', () => {
    const authenticatedAt = new Date(2_000_999);
    expect(authTimeOf({ signedInAt, authenticatedAt } as Session)).toBe(2_000);
  });

  it('is when they signed in where the proof has no known time, as in a remembered browser', () => {
    expect(authTimeOf({ signedInAt, authenticatedAt: new Date(0) } as Session)).toBe(1_000);
  });
});

describe('a session that a passkey opened', () => {
  const level = (proof: Session['proof']) =>
    levelOf({ means: 'passkey', amr: ['hwk', 'user', 'mfa'], proof }, acrOfMeans());

  it('has two factors, and those of a proven identity where it was proven at enrolment', () => {
    expect(level({})).toEqual({ acr: 'eidas1-mfa', amr: ['hwk', 'user', 'mfa'] });
    expect(level({ identity: 'cpx' }).acr).toBe('eidas2');
  });

  it('is resistant to phishing, and stays so when a code renews it', () => {
    expect(reachesOneOf(level({ code: 'mail', renewedBy: 'code' }), ['phr'])).toBe(true);
  });
});
