import { Keyring } from '@portillon/kernel';
import type { Hit, OverLimit, RateLimiterService } from '@portillon/rate-limit';
import { SettableClock } from '@portillon/testing';
import type { FastifyRequest } from 'fastify';
import { contextOf, ERRORS, NOW } from '../testing/openid.fixture';
import { REQUEST_LIMITS, RequestLimitService } from './request-limit.service';
import type { RequestRegistry } from './request-registry.service';

function limit(over?: OverLimit) {
  const hits: Hit[] = [];
  const given: Hit[] = [];
  const headers: Record<string, string> = {};
  let ip = '192.0.2.1';
  const limiter = {
    consume: async (hit: Hit) => {
      hits.push(hit);
      return over;
    },
    refund: async (hit: Hit) => void given.push(hit),
  } as unknown as RateLimiterService;
  const requests = { of: () => ({ id: 'r1', ip, headers: {} }) as unknown as FastifyRequest };
  const keyring = new Keyring([{ id: 'k1', secret: Buffer.alloc(32, 1) }]);
  const service = new RequestLimitService(
    requests as unknown as RequestRegistry,
    limiter,
    keyring,
    new SettableClock(NOW),
  );
  const ctx = Object.assign(contextOf(), { set: (name: string, value: string) => (headers[name] = value) });
  return { service, ctx, hits, given, headers, from: (address: string) => (ip = address) };
}

describe('the requests of an address that wait for their person', () => {
  it('are let through below the limit of their block, whose address is kept as a digest', async () => {
    const { service, ctx, hits, headers } = limit();
    await service.count(ctx, ERRORS);
    expect(hits.map((hit) => hit.limit)).toEqual(REQUEST_LIMITS.block);
    expect(hits[0]!.key).not.toContain('192.0.2.1');
    expect(headers).toEqual({});
  });

  it('are 3,000 in ten minutes', () => {
    expect(REQUEST_LIMITS.block).toMatchObject([{ max: 3_000, windowMs: 600_000 }]);
  });

  it('are refused beyond it to the browser, and not by way of the application, with when to come again', async () => {
    const retryAt = new Date(NOW.getTime() + 90_000);
    const { service, ctx, headers } = limit({ retryAt } as OverLimit);
    await expect(service.count(ctx, ERRORS)).rejects.toMatchObject({
      error: 'temporarily_unavailable',
      status: 429,
      statusCode: 429,
      allow_redirect: false,
    });
    expect(headers).toEqual({ 'retry-after': '90' });
  });

  it('are counted together for the 2^64 addresses of one subscriber', async () => {
    const { service, ctx, hits, from } = limit();
    for (const address of ['2001:db8::1', '2001:db8::ffff', '2001:db8:0:1::1']) {
      from(address);
      await service.count(ctx, ERRORS);
    }
    const [one, other, neighbour] = hits.map(({ key }) => key);
    expect(other).toBe(one);
    expect(neighbour).not.toBe(one);
  });

  it('are given back once the person has come', async () => {
    const { service, ctx, hits, given } = limit();
    await service.count(ctx, ERRORS);
    await service.refund(ctx);
    expect(given).toEqual(hits);
  });
});
