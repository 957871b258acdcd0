import { confirmed, signInProvedAt } from './confirmation';
import type { Confirmation, SessionProof } from './session.types';

const NINE = new Date('2026-11-28T09:00:00.000Z');
const TEN = new Date('2026-11-28T10:00:00.000Z');
const byMail = (at: Date): Confirmation => ({ by: 'mail', at: at.toISOString() });
const byPasskey: Confirmation = { by: 'passkey', at: TEN.toISOString(), amr: ['hwk'] };

describe('a session that is confirmed', () => {
  it('keeps the time of its sign-in beside that of the confirmation', () => {
    const proof = confirmed({ proof: { card: true }, authenticatedAt: NINE }, byMail(TEN));
    expect(proof).toEqual({
      card: true,
      renewedBy: 'code',
      signInProvedAt: NINE.toISOString(),
      confirmations: [byMail(TEN)],
    });
    expect(signInProvedAt({ proof, authenticatedAt: TEN })).toEqual(NINE);
  });

  it('keeps the latest confirmation of each kind', () => {
    const first = confirmed({ proof: {}, authenticatedAt: NINE }, byMail(NINE));
    const second = confirmed({ proof: first, authenticatedAt: NINE }, byPasskey);
    const third = confirmed({ proof: second, authenticatedAt: TEN }, byMail(TEN));
    expect(third).toMatchObject({ renewedBy: 'code', signInProvedAt: NINE.toISOString() });
    expect(third.confirmations).toEqual([byPasskey, byMail(TEN)]);
  });
});

describe('the time of a sign-in', () => {
  it('is the latest proof while nothing was confirmed', () => {
    expect(signInProvedAt({ proof: {}, authenticatedAt: NINE })).toEqual(NINE);
  });

  it('is unknown where an earlier release moved it with a code', () => {
    const renewed: SessionProof = { renewedBy: 'code' };
    expect(signInProvedAt({ proof: renewed, authenticatedAt: NINE }).getTime()).toBe(0);
  });
});
