import { issueToken, SystemRandom } from '@portillon/kernel';
import { SettableClock } from '@portillon/testing';
import { hostileTexts } from '../testing/session.fixture';
import { readCookie, toCookie } from './trusted-device.cookie';

const random = new SystemRandom(new SettableClock());
const tokens = (count: number) => Array.from({ length: count }, () => issueToken(random).value);

describe('the cookie of a browser', () => {
  it('is read as it was written', () => {
    const cookie = tokens(20).join('~');
    expect(toCookie(readCookie(cookie, 20))).toBe(cookie);
    expect(cookie).toHaveLength(20 * 81 - 1);
  });

  it('ignores malformed tokens, and keeps the rest', () => {
    const [first, second] = tokens(2) as [string, string];
    expect(toCookie(readCookie(`~~${first}~<script>~${second.slice(1)}~${second}~`, 20))).toBe(
      `${first}~${second}`,
    );
  });

  it('keeps one token per browser, the first', () => {
    const token = issueToken(random);
    const older = issueToken(random, token.id).value;
    expect(toCookie(readCookie(`${token.value}~${token.value}~${older}`, 20))).toBe(token.value);
  });

  it('reads no further than the people it may hold', () => {
    expect(readCookie(tokens(500).join('~'), 20)).toHaveLength(20);
  });

  it('never throws', () => {
    const [token] = tokens(1) as [string];
    for (const text of hostileTexts(token)) expect(readCookie(text, 20).length).toBeLessThanOrEqual(1);
  });
});
