import { MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import type { Hit, OverLimit, RateLimiterService } from '@portillon/rate-limit';
import { SettableClock } from '@portillon/testing';
import type { FastifyReply } from 'fastify';
import { NOW } from '../testing/openid.fixture';
import { MachineAccessService } from './machine-access.service';
import { resolveMachineOptions } from './machine.options';

function counting(remaining: number, resetsAt: Date | null, over?: OverLimit) {
  const hits: Hit[] = [];
  const headers: Record<string, string> = {};
  const limiter = {
    consume: async (hit: Hit) => {
      hits.push(hit);
      return over;
    },
    stateOf: async () => ({ remaining, resetsAt }),
  } as unknown as RateLimiterService;
  const options = resolveMachineOptions({ publicUrl: 'https://portillon.example' });
  const unused = {} as never;
  const service = new MachineAccessService(
    unused,
    unused,
    unused,
    options,
    limiter,
    new SettableClock(NOW),
    unused,
  );
  const reply = {
    header: (name: string, value: string) => (headers[name] = value),
  } as unknown as FastifyReply;
  return { hits, headers, count: () => service.count('directory', reply) };
}

describe('how much an application may ask', () => {
  it('is 600 requests a minute, of that application alone, and it reads what is left', async () => {
    const { hits, headers, count } = counting(599, addMilliseconds(NOW, 59.4 * SECOND));
    await count();
    expect(hits).toMatchObject([{ key: 'directory', limit: { max: 600, windowMs: MINUTE } }]);
    expect(headers).toEqual({
      'ratelimit-policy': '"machine-requests";q=600;w=60',
      ratelimit: '"machine-requests";r=599;t=60',
    });
  });

  it.each([
    ['no window is open', null],
    ['the window has just ended', addMilliseconds(NOW, -1)],
  ])('begins anew at once where %s', async (_, resetsAt) => {
    const { headers, count } = counting(600, resetsAt);
    await count();
    expect(headers['ratelimit']).toBe('"machine-requests";r=600;t=0');
  });

  it('is refused beyond it, with when to come again, and what is left all the same', async () => {
    const retryAt = addMilliseconds(NOW, 30 * SECOND);
    const { headers, count } = counting(0, retryAt, { retryAt } as OverLimit);
    await expect(count()).rejects.toMatchObject({ code: 'requests.exceeded', retryAfterSeconds: 30 });
    expect(headers['ratelimit']).toBe('"machine-requests";r=0;t=30');
  });

  it.each([0, -1, 1.5, Number.NaN])('is no limit of %d', (requestsPerMinute) => {
    expect(() =>
      resolveMachineOptions({ publicUrl: 'https://portillon.example', requestsPerMinute }),
    ).toThrow('MachineModule.requestsPerMinute must be a whole number from 1');
  });

  it('may be one request', () => {
    const publicUrl = 'https://portillon.example/path';
    expect(resolveMachineOptions({ publicUrl, requestsPerMinute: 1 })).toEqual({
      resource: 'https://portillon.example',
      metadataUrl: 'https://portillon.example/.well-known/oauth-protected-resource',
      requestsPerMinute: 1,
    });
  });
});
