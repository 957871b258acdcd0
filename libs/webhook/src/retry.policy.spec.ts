import { DAY, HOUR, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { nextTryAt, wishedPause } from './retry.policy';

const NOW = new Date('2026-11-26T12:00:00Z');

describe('the tries of a delivery', () => {
  it('are ten, over 75 hours', () => {
    let at = NOW;
    for (let attempts = 1; attempts <= 9; attempts++) at = nextTryAt(attempts, at, undefined, 0)!;
    expect(at.getTime() - NOW.getTime()).toBe(75 * HOUR + 35 * MINUTE + 5 * SECOND);
    expect(nextTryAt(10, at, undefined, 0)).toBeUndefined();
  });

  it('are spread, by five minutes at most', () => {
    expect(nextTryAt(1, NOW, undefined, 0.99)!.getTime()).toBeLessThan(NOW.getTime() + 5.5 * SECOND);
    expect(nextTryAt(9, NOW, undefined, 0.99)!.getTime()).toBeLessThan(NOW.getTime() + DAY + 5 * MINUTE);
  });

  it('wait as long as the endpoint asks, and not less than planned', () => {
    expect(nextTryAt(1, NOW, addMilliseconds(NOW, HOUR), 0)).toEqual(addMilliseconds(NOW, HOUR));
    expect(nextTryAt(4, NOW, addMilliseconds(NOW, SECOND), 0)).toEqual(addMilliseconds(NOW, 2 * HOUR));
  });
});

describe('the pause that an endpoint asks for', () => {
  it.each([
    [429, '120', 2 * MINUTE],
    [503, '120', 2 * MINUTE],
    [503, 'Thu, 26 Nov 2026 13:00:00 GMT', HOUR],
    [503, '999999999', DAY],
  ])('is heeded with %i, Retry-After %s', (status, header, pause) => {
    expect(wishedPause(status, header, NOW)).toEqual(addMilliseconds(NOW, pause));
  });

  it.each([
    [500, '120'],
    [200, '120'],
    [429, undefined],
    [429, 'soon'],
    [429, '-1'],
    [429, '0'],
    [503, 'Thu, 26 Nov 2026 11:00:00 GMT'],
  ])('is none with %i, Retry-After %s', (status, header) => {
    expect(wishedPause(status, header, NOW)).toBeUndefined();
  });
});
