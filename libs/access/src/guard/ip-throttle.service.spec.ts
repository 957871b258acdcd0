import { Keyring, SECOND, addMilliseconds } from '@portillon/kernel';
import type { Hit, RateLimiterService } from '@portillon/rate-limit';
import type { StructureService } from '@portillon/structure';
import { CLIENT, SettableClock } from '@portillon/testing';
import { FAILURE_LIMITS, IpThrottleService, LINK_WORDS, THROTTLE_WORDS } from './ip-throttle.service';

const KEYRING = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const CLOCK = new SettableClock();

/** An address block with this number of failures in the hour. `isTaken`: other requests have its turns. */
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
  const structures = { at: async () => [] } as unknown as StructureService;
  return { peeked, counted, keys, throttle: new IpThrottleService(limiter, structures, KEYRING, CLOCK) };
}

describe('the failures of an address block', () => {
  it('are counted by the hour and by their kind, under no address', async () => {
    const { counted, keys, throttle } = blockWith(0);
    await throttle.countFailure('password', CLIENT);
    await throttle.countFailure('card', CLIENT);
    await throttle.countBadLink(CLIENT);
    expect(counted).toEqual([
      'failure.password.hour 100 in 3600 s',
      'failure.card.hour 100 in 3600 s',
      'failure.link.hour 30 in 3600 s',
    ]);
    expect([...keys].join()).not.toContain(CLIENT.addressBlock);
    await throttle.countFailure('password', { ...CLIENT, addressBlock: '198.51.100.0' });
    expect(keys.size).toBe(2);
  });

  it('cost one look, and take no turn, as long as they are few', async () => {
    const { peeked, counted, throttle } = blockWith(99);
    await throttle.enforce('password', CLIENT);
    expect(peeked).toEqual(['failure.password.hour 100 in 3600 s']);
    expect(counted).toEqual([]);
  });

  it('leave one of thirty turns in ten seconds', async () => {
    const { counted, throttle } = blockWith(100);
    await throttle.enforce('password', CLIENT);
    expect(counted).toEqual(['failure.password.turns 30 in 10 s']);
  });

  it('refuse the others, and say when to come back', async () => {
    const { throttle } = blockWith(200, { isTaken: true });
    await expect(throttle.enforce('card', CLIENT)).rejects.toMatchObject({
      code: 'attempts.exceeded',
      message: 'over failure.card.turns',
      retryAfterSeconds: 10,
      words: THROTTLE_WORDS,
    });
    await expect(throttle.countBadLink(CLIENT)).rejects.toMatchObject({
      code: 'attempts.exceeded',
      words: LINK_WORDS,
    });
  });

  it('have for each kind counts and turns that an operator may list and clear', () => {
    const withEgress = (name: string) => [name, `${name}.egress`];
    const kinds = ['password', 'card', 'ticket', 'passkey'];
    const names = [
      ...kinds.flatMap((kind) => [`failure.${kind}.hour`, `failure.${kind}.turns`]),
      'failure.link.hour',
    ];
    expect(FAILURE_LIMITS.map(({ name }) => name)).toEqual(names.flatMap(withEgress));
  });
});
