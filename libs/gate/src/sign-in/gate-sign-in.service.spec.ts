import { Keyring, parseToken, SystemRandom } from '@portillon/kernel';
import type { Hit, RateLimiterService } from '@portillon/rate-limit';
import { SettableClock } from '@portillon/testing';
import { createHash } from 'node:crypto';
import { ORIGIN, requestTo } from '../testing/gate-bench';
import type { GateSignInEntity } from './gate-sign-in.entity';
import type { GateSignInRepository } from './gate-sign-in.repository';
import { GateSignInService } from './gate-sign-in.service';

const PORTILLON = 'https://portillon.example';

/** The table, as far as one sign-in goes. */
function table() {
  const rows = new Map<string, GateSignInEntity>();
  const repository = {
    insert: async (row: GateSignInEntity) => void rows.set(row.id, row),
    find: async (id: string, now: Date) =>
      [...rows.values()].find((row) => row.id === id && row.expiresAt > now) ?? null,
    bind: async (id: string, secretDigest: string) => {
      const row = rows.get(id);
      if (!row || row.secretDigest) return false;
      rows.set(id, { ...row, secretDigest });
      return true;
    },
  };
  return { rows, repository: repository as unknown as GateSignInRepository };
}

function desk({ full = false } = {}) {
  const clock = new SettableClock();
  const { rows, repository } = table();
  const over = full ? { retryAt: new Date(clock.now().getTime() + 60_000) } : undefined;
  const [counted, givenBack]: [Hit[], Hit[]] = [[], []];
  const limiter = {
    hit: async (hits: Hit[]) => {
      counted.push(...hits);
      return over;
    },
    giveBack: async (hits: Hit[]) => void givenBack.push(...hits),
  } as unknown as RateLimiterService;
  const keyring = new Keyring([{ id: 'one', secret: Buffer.alloc(32, 7) }]);
  const options = { publicUrl: PORTILLON, proxies: [], proxySecret: null };
  const service = new GateSignInService(
    repository,
    limiter,
    keyring,
    clock,
    new SystemRandom(clock),
    options,
  );
  return { service, rows, clock, counted, givenBack };
}

const ASKED = { acr: 'eidas2', maxAgeSeconds: 300 };
const idOf = (location: string) => new URL(location).searchParams.get('request')!;

describe('a sign-in that the gate asks for', () => {
  it('begins on the application’s own host, and keeps where to go back to out of every URL', async () => {
    const { service, rows } = desk();
    const request = { ...requestTo('/dossiers'), target: '/dossiers?nom=Martin' };
    const location = await service.begin('app', request, ASKED);
    expect(location).toMatch(/^https:\/\/app\.example\/\.portillon\/sign-in\?request=[0-9a-f-]{36}$/);
    expect(rows.get(idOf(location))).toMatchObject({
      applicationId: 'app',
      origin: ORIGIN,
      target: request.target,
      ...ASKED,
    });
    const started = await service.start(idOf(location), ORIGIN);
    expect(started!.location).not.toContain('Martin');
  });

  it('goes to our provider with PKCE, whose verifier the browser alone has', async () => {
    const { service } = desk();
    const id = idOf(await service.begin('app', requestTo('/'), ASKED));
    const { location, token } = (await service.start(id, ORIGIN))!;
    const url = new URL(location);
    const { secret } = parseToken(token)!;
    expect(url.origin + url.pathname).toBe(`${PORTILLON}/oidc/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'app',
      redirect_uri: `${ORIGIN}/.portillon/callback`,
      response_type: 'code',
      scope: 'openid',
      state: id,
      code_challenge: createHash('sha256').update(secret).digest('base64url'),
      code_challenge_method: 'S256',
      acr_values: 'eidas2',
      max_age: '300',
    });
    expect(location).not.toContain(secret);
  });

  it('asks for no level where the rule asks for none', async () => {
    const { service } = desk();
    const id = idOf(await service.begin('app', requestTo('/'), { acr: null, maxAgeSeconds: null }));
    const { searchParams } = new URL((await service.start(id, ORIGIN))!.location);
    expect([searchParams.has('acr_values'), searchParams.has('max_age')]).toEqual([false, false]);
  });

  it('starts once, at its own origin, while it is not over', async () => {
    const { service, clock } = desk();
    const begin = async () => idOf(await service.begin('app', requestTo('/'), ASKED));
    const id = await begin();
    expect(await service.start(id, 'https://other.example')).toBeUndefined();
    expect(await service.start(id, ORIGIN)).toBeDefined();
    expect(await service.start(id, ORIGIN)).toBeUndefined();
    const late = await begin();
    clock.advance(15 * 60_000);
    expect(await service.start(late, ORIGIN)).toBeUndefined();
    for (const text of ['', 'x', "' OR 1=1 --"]) expect(await service.start(text, ORIGIN)).toBeUndefined();
  });

  it('is refused to a flood of one address block', async () => {
    const { service, rows } = desk({ full: true });
    await expect(service.begin('app', requestTo('/'), ASKED)).rejects.toMatchObject({
      code: 'attempts.exceeded',
      retryAfterSeconds: 60,
    });
    expect(rows.size).toBe(0);
  });

  it('counts against its address block until its person has come back signed in', async () => {
    const { service, counted, givenBack } = desk();
    await service.begin('app', requestTo('/'), ASKED);
    expect(counted).toMatchObject([{ limit: { name: 'gate.block.10min' } }]);
    expect(givenBack).toEqual([]);
    await service.finished(requestTo('/'));
    expect(givenBack).toEqual(counted);
  });
});
