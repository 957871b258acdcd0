import { Keyring, SECOND, addMilliseconds } from '@portillon/kernel';
import type { Hit, RateLimiterService } from '@portillon/rate-limit';
import { CLIENT, SettableClock } from '@portillon/testing';
import { FAILURE_LIMITS, IpThrottleService } from './ip-throttle.service';
import { THROTTLE_WORDS } from './ip-throttle.texts';

const KEYRING = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const CLOCK = new SettableClock();

/** An address block with this number of failures in the hour. `isTaken`: another request took its turn. */
function blockWith(failures: number, { isTaken = false } = {}) {
  const peeked: string[] = [];
  const counted: string[] = [];
  const keys = new Set<string>();
  const nameOf = ({ limit, key }: Hit) => {
    keys.add(key);
    return `${limit.name} ${limit.max} in ${limit.windowMs / SECOND} s`;
  };
  const over = ({ limit }: Hit) => ({ limit, retryAt: addMilliseconds(CLOCK.now(), limit.windowMs) });
  const limiter = {
    consume: async (hit: Hit) => {
      counted.push(nameOf(hit));
      return isTaken ? over(hit) : undefined;
    },
    running: async (hit: Hit) => {
      peeked.push(nameOf(hit));
      return failures > 0 ? { hits: failures, endsAt: CLOCK.now() } : undefined;
    },
  } as unknown as RateLimiterService;
  return { peeked, counted, keys, throttle: new IpThrottleService(limiter, KEYRING, CLOCK) };
}

describe('the failures of an address block', () => {
  it('are counted by the hour and by their kind, under no address', async () => {
    const { counted, keys, throttle } = blockWith(0);
    await throttle.countFailure('password', CLIENT);
    await throttle.countFailure('card', CLIENT);
    expect(counted).toEqual(['failure.password.hour 200 in 3600 s', 'failure.card.hour 200 in 3600 s']);
    expect([...keys].join()).not.toContain(CLIENT.addressBlock);
    await throttle.countFailure('password', { ...CLIENT, addressBlock: '198.51.100.0' });
    expect(keys.size).toBe(2);
  });

  it.each([
    [0, null],
    [99, null],
    [100, 10],
    [149, 10],
    [150, 30],
    [199, 30],
    [200, 60],
  ])('make one wait for its turn, longer and longer: %i', async (failures, seconds) => {
    const { throttle } = blockWith(failures);
    expect(await throttle.delayFor('password', CLIENT)).toBe(seconds && seconds * SECOND);
  });

  it('cost one look, and take no turn, as long as they are few', async () => {
    const { peeked, counted, throttle } = blockWith(99);
    await throttle.enforce('password', CLIENT);
    expect(peeked).toEqual(['failure.password.hour 200 in 3600 s']);
    expect(counted).toEqual([]);
  });

  it('leave the one whose turn it is alone', async () => {
    const { counted, throttle } = blockWith(150);
    await throttle.enforce('password', CLIENT);
    expect(counted).toEqual(['failure.password.pace 1 in 30 s']);
  });

  it('refuse the others, and say when to come back', async () => {
    const { throttle } = blockWith(200, { isTaken: true });
    await expect(throttle.enforce('card', CLIENT)).rejects.toMatchObject({
      code: 'attempts.exceeded',
      message: 'over failure.card.pace',
      retryAfterSeconds: 60,
      words: THROTTLE_WORDS,
    });
  });

  it('cost no second look where the wait is known', async () => {
    const { peeked, counted, throttle } = blockWith(200, { isTaken: true });
    await throttle.enforce('ticket', CLIENT, null);
    const turn = throttle.enforce('ticket', CLIENT, 10 * SECOND);
    await expect(turn).rejects.toMatchObject({ code: 'attempts.exceeded', retryAfterSeconds: 10 });
    expect(peeked).toEqual([]);
    expect(counted).toEqual(['failure.ticket.pace 1 in 10 s']);
  });

  it('have for each kind a count and a turn that an operator may list and clear', () => {
    const ofKind = (kind: string) => [`failure.${kind}.hour`, `failure.${kind}.pace`];
    const kinds = ['password', 'card', 'ticket', 'passkey'];
    expect(FAILURE_LIMITS.map(({ name }) => name)).toEqual(kinds.flatMap(ofKind));
    expect(FAILURE_LIMITS.slice(0, 2).map(({ max, windowMs }) => [max, windowMs / SECOND])).toEqual([
      [200, 3600],
      [1, 10],
    ]);
  });
});
