import { SystemClock } from './clock';
import { SystemRandom } from './random';
import { issueToken, isSameSecret, parseToken, secretMatches } from './token';

const random = new SystemRandom(new SystemClock());

describe('a token', () => {
  const token = issueToken(random);
  const secret = token.value.split('.')[1]!;

  it('is recognised by its secret alone', () => {
    expect(parseToken(token.value)).toEqual({ id: token.id, secret });
    expect(secretMatches(secret, token.secretDigest)).toBe(true);
    expect(secretMatches(issueToken(random).value.split('.')[1]!, token.secretDigest)).toBe(false);
  });

  it('matches nothing once its digest was wiped', () => {
    expect(secretMatches(secret, null)).toBe(false);
    expect(secretMatches(secret, '')).toBe(false);
    expect(secretMatches(secret, 'short')).toBe(false);
  });

  it('carries 256 bits of chance', () => {
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  });

  it.each([
    undefined,
    '',
    '.',
    token.value.slice(0, -1),
    `${token.value}A`,
    `${token.value}.${token.value}`,
    token.value.toUpperCase(),
    ` ${token.value}`,
    `${token.value}\n`,
    `${token.id}.${"'; DROP TABLE session --".padEnd(43)}`,
    'a'.repeat(100_000),
  ])('is none when it is "%.40s"', (text) => {
    expect(parseToken(text)).toBeUndefined();
  });
});

describe('a secret that a setting names', () => {
  it('is proved only by the same text, in one header', () => {
    expect(isSameSecret('a secret of the proxy', 'a secret of the proxy')).toBe(true);
    for (const given of [undefined, '', 'a secret', 'a secret of the proxy ', ['a secret of the proxy']])
      expect([given, isSameSecret(given, 'a secret of the proxy')]).toEqual([given, false]);
  });
});
