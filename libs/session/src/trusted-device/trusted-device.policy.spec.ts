import { issueToken, parseToken, secretMatches, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { digestOf, nextSecret } from './trusted-device.policy';

const random = new SystemRandom(new SettableClock());

describe('the secret of a remembered browser', () => {
  it('has the digest that the tokens of the kernel have', () => {
    const token = issueToken(random);
    expect(digestOf(parseToken(token.value)!.secret)).toBe(token.secretDigest);
  });

  it('is followed by one that is a token again', () => {
    const token = issueToken(random);
    const next = nextSecret(parseToken(token.value)!.secret, 'salt');
    expect(parseToken(`${token.id}.${next}`)).toEqual({ id: token.id, secret: next });
    expect(secretMatches(next, digestOf(next))).toBe(true);
  });

  it('needs both the secret before and the salt', () => {
    const next = nextSecret('secret', 'salt');
    expect(nextSecret('secret', 'salt')).toBe(next);
    expect(nextSecret('secret', 'other')).not.toBe(next);
    expect(nextSecret('other', 'salt')).not.toBe(next);
  });
});
