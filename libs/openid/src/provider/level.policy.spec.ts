import type { Session } from '@portillon/session';
import { authTimeOf } from './level.policy';

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
