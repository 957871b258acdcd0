import { MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { NOW } from '../testing/openid.fixture';
import { nextTry } from './logout-delivery.service';

const waitAfter = (attempts: number) => nextTry(NOW, attempts, NOW)!.getTime() - NOW.getTime();

describe('an application that does not hear of a sign-out', () => {
  it('is notified again within seconds, then more and more slowly', () => {
    expect([1, 2, 3, 4, 5, 6, 7].map(waitAfter)).toEqual([
      5 * SECOND,
      15 * SECOND,
      MINUTE,
      2 * MINUTE,
      5 * MINUTE,
      10 * MINUTE,
      10 * MINUTE,
    ]);
  });

  it('is notified until half an hour is over, and then no more', () => {
    expect(nextTry(NOW, 1, addMilliseconds(NOW, 30 * MINUTE - 5 * SECOND))).toEqual(
      addMilliseconds(NOW, 30 * MINUTE),
    );
    expect(nextTry(NOW, 1, addMilliseconds(NOW, 30 * MINUTE - 5 * SECOND + 1))).toBeUndefined();
  });
});
