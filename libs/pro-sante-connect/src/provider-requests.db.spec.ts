import { Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import type { Statements } from '@portillon/persistence';
import { rateLimitPersistence, RateLimiter } from '@portillon/rate-limit';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { proSanteConnectPersistence } from './pro-sante-connect.persistence';
import { ProviderRequests } from './provider-requests';
import { StateUsed, Turn } from './state-use';

const limitOf = (name: string, max: number) => ({ name, max, windowMs: MINUTE });

/** Of who may come as often as they like. */
const ANY_TURN: Turn = {
  hit: { limit: limitOf('any', Infinity), key: 'block' },
  inDatabase: true,
  take: async () => undefined,
};

describeOnEveryEngine(
  'a request that left for PSC',
  [proSanteConnectPersistence, rateLimitPersistence],
  (bench, engine) => {
    const clock = new SettableClock();
    const random = new SystemRandom(clock);
    const keyring = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 1) }]);
    let requests: ProviderRequests;

    /** As another process has them. */
    const anotherProcess = (keys = keyring) => new ProviderRequests(bench.database, clock, random, keys);
    /** Of who comes at most so often. */
    const turnOf = (name: string, max: number): Turn => {
      const hit = { limit: limitOf(name, max), key: 'block' };
      const limiter = new RateLimiter(bench.database, clock);
      return { hit, inDatabase: true, take: (at) => limiter.hit([hit], at) };
    };
    /** Comes back to a process, and says so to the database. */
    const useUp = async (process: ProviderRequests, state: string, cookie: string, turn: Turn = ANY_TURN) => {
      const back = await process.takeBack(state, cookie, turn);
      if (back.status === 'expected') await back.use.alone();
      return back;
    };
    const used = () => bench.database.rows('SELECT id FROM pscRequest');

    beforeAll(() => {
      requests = anotherProcess();
    });

    it('takes a request back once of sixteen at the same time, and asks PSC for one', async () => {
      const { correlation, browserCookie } = requests.begin('/mon-compte', undefined);
      const { results } = await atOnce(16, () =>
        requests.takeBack(correlation.state, browserCookie, ANY_TURN),
      );
      expect(results.filter((one) => one.status === 'expected')).toMatchObject([
        { correlation, returnTo: '/mon-compte', linkFor: null },
      ]);
      expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
    });

    it('is used up once of sixteen processes that have it at the same time', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const { results, errors } = await atOnce(16, () =>
        useUp(anotherProcess(), correlation.state, browserCookie),
      );
      expect(results).toHaveLength(1);
      expect(errors).toHaveLength(15);
      for (const error of errors) expect(error).toBeInstanceOf(StateUsed);
    });

    it('is used up with what it leads to, which is undone when it was used already', async () => {
      await bench.database.execute('DELETE FROM pscRequest');
      const { correlation, browserCookie } = requests.begin('/', undefined);
      let uncounted = 0;
      const opening = async () => {
        const back = await anotherProcess().takeBack(correlation.state, browserCookie, turnOf('along', 99));
        if (back.status !== 'expected') throw new Error(back.status);
        const sql = 'INSERT INTO pscLogout (id, sid, expiresAt) VALUES (?, ?, ?)';
        const open = (tx: Statements) =>
          Promise.all([
            tx.execute(sql, [random.id(), 'along', clock.now()]),
            tx.holdsGuards && back.use.along(tx),
          ]);
        if (await bench.database.inOneTrip(open, { shared: true })) return void uncounted++;
        await back.use.alone();
        await bench.database.transaction(open);
      };
      const { results, errors } = await atOnce(16, opening);
      expect([results.length, errors.length]).toEqual([1, 15]);
      const led = await bench.database.rows("SELECT id FROM pscLogout WHERE sid = 'along'");
      expect(led).toHaveLength(1);
      // Who was let in at once is counted by the process alone.
      const counts = await bench.database.row<{ hits: number }>(
        'SELECT hits FROM rateLimit WHERE allowed = 99',
      );
      expect(counts!.hits).toBe(16 - uncounted);
      expect(uncounted).toBe(engine === 'MariaDB' ? 1 : 0);
      expect(await used()).toHaveLength(1);
    });

    it('counts sixteen at the same time, and lets in as many as may come', async () => {
      const { results } = await atOnce(16, () => {
        const { correlation, browserCookie } = requests.begin('/agenda', undefined);
        return requests.takeBack(correlation.state, browserCookie, turnOf('psc.one', 5));
      });
      expect(results.filter((one) => one.status === 'expected')).toHaveLength(5);
      expect(results.filter((one) => one.status !== 'expected')).toEqual(
        Array.from({ length: 11 }, () => ({ status: 'over', returnTo: '/agenda', linkFor: null })),
      );
    });

    it('counts sixteen that come to as many processes, and keeps nothing of who came too often', async () => {
      await bench.database.execute('DELETE FROM pscRequest');
      const { results, errors } = await atOnce(16, () => {
        const { correlation, browserCookie } = requests.begin('/agenda', undefined);
        return useUp(anotherProcess(), correlation.state, browserCookie, turnOf('psc.many', 5));
      });
      expect(results).toHaveLength(5);
      expect(errors).toHaveLength(11);
      for (const error of errors) expect(error).toMatchObject({ code: 'attempts.exceeded' });
      expect(await used()).toHaveLength(5);
    });

    it('lets nobody ask PSC for a block once the database has said that it came too often', async () => {
      const turn = turnOf('psc.told', 3);
      const process = anotherProcess();
      const come = (to: ProviderRequests) => {
        const { correlation, browserCookie } = requests.begin('/', undefined);
        return useUp(to, correlation.state, browserCookie, turn);
      };
      for (let time = 0; time < 3; time++) await come(anotherProcess());
      await expect(come(process)).rejects.toMatchObject({ code: 'attempts.exceeded' });
      const silent = { ...turn, take: () => Promise.reject(new Error('asked the database again')) };
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const back = await process.takeBack(correlation.state, browserCookie, silent);
      expect(back.status).toBe('over');
      clock.advance(MINUTE);
      expect((await come(process)).status).toBe('expected');
    });

    it('counts each of sixteen that come with one state, and lets one in', async () => {
      const turn = turnOf('psc.replay', 16);
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const { results } = await atOnce(16, () => useUp(requests, correlation.state, browserCookie, turn));
      expect(results.filter((one) => one.status === 'expected')).toHaveLength(1);
      expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
      expect(await new RateLimiter(bench.database, clock).peek([turn.hit])).toBeDefined();
    });

    it('counts elsewhere than in the database before anything else', async () => {
      const { correlation, browserCookie } = requests.begin('/agenda', undefined);
      const over = { limit: limitOf('redis', 1), retryAt: new Date(clock.now().getTime() + MINUTE) };
      const turn: Turn = {
        hit: { limit: over.limit, key: 'redis' },
        inDatabase: false,
        take: async () => over,
      };
      const back = await requests.takeBack(correlation.state, browserCookie, turn);
      expect(back).toEqual({ status: 'over', returnTo: '/agenda', linkFor: null });
    });

    it('counts once where it counts elsewhere', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      let taken = 0;
      const hit = { limit: limitOf('elsewhere', 9), key: 'block' };
      const take = async () => void taken++;
      const turn = { hit, inDatabase: false, take } as unknown as Turn;
      await useUp(requests, correlation.state, browserCookie, turn);
      expect(taken).toBe(1);
      await useUp(requests, correlation.state, browserCookie, turn);
      expect(taken).toBe(2);
    });

    it('uses up at once what leads to a link', async () => {
      await bench.database.execute('DELETE FROM pscRequest');
      const { correlation, browserCookie } = requests.begin('/mon-compte', undefined, 'session-1');
      const back = await requests.takeBack(correlation.state, browserCookie, ANY_TURN);
      expect(back.status).toBe('expected');
      expect(await used()).toHaveLength(1);
      expect(await anotherProcess().takeBack(correlation.state, browserCookie, ANY_TURN)).toEqual({
        status: 'refused',
        reason: 'replayed-state',
      });
    });

    it('takes no request back in another browser, and leaves it to the one that went', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const other = requests.begin('/', undefined);
      for (const cookie of [undefined, '', other.browserCookie, `${browserCookie}x`])
        expect(await requests.takeBack(correlation.state, cookie, ANY_TURN)).toEqual({
          status: 'refused',
          reason: 'other-browser',
        });
      expect(await requests.takeBack(other.correlation.state, browserCookie, ANY_TURN)).toMatchObject({
        status: 'refused',
      });
      expect(await requests.takeBack(correlation.state, browserCookie, ANY_TURN)).toMatchObject({
        status: 'expected',
      });
    });

    it('lets one browser go twice, and takes no cookie of its making', async () => {
      const first = requests.begin('/', undefined);
      expect(requests.begin('/', first.browserCookie).browserCookie).toBe(first.browserCookie);
      for (const planted of ['x', 'x'.repeat(10_000), '../../../', '']) {
        expect(requests.begin('/', planted).browserCookie).toMatch(/^[\w-]{43}$/);
      }
    });

    it('takes a request back for a quarter of an hour, to the millisecond', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      clock.advance(15 * MINUTE);
      expect(await requests.takeBack(correlation.state, browserCookie, ANY_TURN)).toEqual({
        status: 'refused',
        reason: 'expired-state',
      });
    });

    it('takes a request to link back for five minutes, with the session that wants it', async () => {
      const [soon, late] = [
        requests.begin('/mon-compte', undefined, 'session-1'),
        requests.begin('/mon-compte', undefined, 'session-1'),
      ];
      clock.advance(5 * MINUTE - 1);
      const taken = await requests.takeBack(soon.correlation.state, soon.browserCookie, ANY_TURN);
      expect(taken).toMatchObject({ status: 'expected', linkFor: 'session-1' });
      clock.advance(1);
      const over = await requests.takeBack(late.correlation.state, late.browserCookie, ANY_TURN);
      expect(over).toEqual({ status: 'refused', reason: 'expired-state' });
    });

    it('stores nothing for who has left and may never come back', async () => {
      await bench.database.execute('DELETE FROM pscRequest');
      requests.begin('/', undefined);
      expect(await bench.database.rows('SELECT id FROM pscRequest')).toEqual([]);
    });

    it('tells the browser and PSC nothing but secrets that fit PKCE and belong to this one request', () => {
      const { correlation, browserCookie } = requests.begin('/mon-compte', undefined, 'session-1');
      const { correlation: twin } = requests.begin('/mon-compte', browserCookie, 'session-1');
      const { state, nonce, codeVerifier } = correlation;
      const body = Buffer.from(state.split('.')[1]!, 'base64url').toString('latin1');
      for (const part of ['mon-compte', 'session-1', nonce, codeVerifier, browserCookie])
        expect(body).not.toContain(part);
      expect(codeVerifier).toMatch(/^[\w-]{43}$/);
      expect(new Set([nonce, codeVerifier, twin.nonce, twin.codeVerifier, browserCookie]).size).toBe(5);
    });

    it('takes no state back that was altered, or made with keys that are not ours', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const { state } = correlation;
      const strangers = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 2) }]);
      const foreign = anotherProcess(strangers).begin('/', browserCookie);
      const at = state.length - 30;
      const flipped = state.slice(0, at) + (state[at] === 'A' ? 'B' : 'A') + state.slice(at + 1);
      for (const forged of [flipped, `${state}AAAA`, state.slice(0, -4), foreign.correlation.state])
        expect(await requests.takeBack(forged, browserCookie, ANY_TURN)).toEqual({
          status: 'refused',
          reason: 'unknown-state',
        });
      expect(await requests.takeBack(state, browserCookie, ANY_TURN)).toMatchObject({ status: 'expected' });
    });

    it('takes a request back after the keys were rotated, with the same secrets', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const rotated = new Keyring([
        { id: 'new', secret: Buffer.alloc(32, 3) },
        { id: 'k', secret: Buffer.alloc(32, 1) },
      ]);
      const later = anotherProcess(rotated);
      expect(await later.takeBack(correlation.state, browserCookie, ANY_TURN)).toMatchObject({ correlation });
    });

    it('knows a state as used for longer than any instance could take it for good', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      await useUp(requests, correlation.state, browserCookie);
      clock.advance(15 * MINUTE);
      await requests.purge(500);
      clock.advance(-MINUTE);
      const again = await requests.takeBack(correlation.state, browserCookie, ANY_TURN);
      expect(again).toEqual({ status: 'refused', reason: 'replayed-state' });
      const elsewhere = useUp(anotherProcess(), correlation.state, browserCookie);
      await expect(elsewhere).rejects.toBeInstanceOf(StateUsed);
    });

    it.each([undefined, '', 'x', '01a20e4e-456f-7512-ad13-30b1f69779ef.x', "' OR 1=1"])(
      'knows no request by the state %j',
      async (state) => {
        expect(await requests.takeBack(state, 'x', ANY_TURN)).toEqual({
          status: 'refused',
          reason: 'unknown-state',
        });
      },
    );
  },
);
