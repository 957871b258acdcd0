import '@portillon/notification';
import { SECOND, addMilliseconds } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { SettableClock } from '@portillon/testing';
import { codeFailure, codeUse, givenCode } from './code-use';

const SENT_AT = new SettableClock().now();
const sent = (channel: CodeAccepted['channel']) =>
  ({ status: 'accepted', channel, sentAt: SENT_AT }) as CodeAccepted;
const consume = async () => undefined;

describe('a code that was used', () => {
  it('is recorded in the journal with its channel, and how long after, in whole seconds', () => {
    const used = codeUse(sent('SMS'), addMilliseconds(SENT_AT, 41.6 * SECOND));
    expect(used).toEqual({ channel: 'SMS', data: { codeAgeSeconds: 42 } });
  });

  it('is not used before it was sent, where a clock steps back', () => {
    expect(codeUse(sent('EMAIL'), addMilliseconds(SENT_AT, -9 * SECOND)).data).toEqual({ codeAgeSeconds: 0 });
  });

  it('proves as much as the way that it came', () => {
    const proofBy = (channel: CodeAccepted['channel']) => givenCode(sent(channel), SENT_AT, consume);
    expect(proofBy('SMS')).toEqual({
      consume,
      proof: { code: 'sms' },
      facts: { channel: 'SMS', data: { codeAgeSeconds: 0 } },
    });
    expect(proofBy('EMAIL').proof).toEqual({ code: 'mail' });
  });
});

describe('a code that was refused', () => {
  it('is recorded in the journal as a failure, and the one that locks the code step as a lock', () => {
    expect(codeFailure({ status: 'expired', channel: 'SMS' })).toEqual({
      name: 'authn_code_fail',
      outcome: 'FAILURE',
      reason: 'expired',
      channel: 'SMS',
    });
    const locked = { status: 'locked', retryAt: null } as const;
    const names = [true, false].map((fresh) => codeFailure({ ...locked, fresh }).name);
    expect(names).toEqual(['authn_code_lock', 'authn_code_fail']);
  });
});
