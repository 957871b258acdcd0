import { HOUR, Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import type { Statements } from '@portillon/persistence';
import { rateLimitPersistence, RateLimiter } from '@portillon/rate-limit';
import type { Session } from '@portillon/session';
import { atOnce, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { ActivityChoices, Identity } from './activity-choices';
import { proSanteConnectPersistence } from './pro-sante-connect.persistence';
import { ProviderRequests, Turn } from './provider-requests';
import { ProviderSessions } from './provider-sessions';

const identity: Identity = {
  nationalId: '899700366240',
  subject: 'subject',
  sid: 'sid',
  acr: 'eidas1',
  amr: [],
  idToken: 'header.claims.signature',
  activities: [],
};

/** Of who may come as often as they like. */
const ANY_TURN: Turn = { inDatabase: true, take: async () => undefined };

describeOnEveryEngine(
  'what is kept of a sign-in at PSC',
  [proSanteConnectPersistence, rateLimitPersistence],
  (bench) => {
    const clock = new SettableClock();
    const random = new SystemRandom(clock);
    const keyring = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 1) }]);
    let requests: ProviderRequests;
    let choices: ActivityChoices;
    let sessions: ProviderSessions;

    beforeAll(() => {
      requests = new ProviderRequests(bench.database, clock, random, keyring);
      choices = new ActivityChoices(bench.database, clock, random, keyring);
      sessions = new ProviderSessions(bench.database, clock, random, keyring);
    });

    const session = (id = random.id()) =>
      ({ id, expiresAt: new Date(clock.now().getTime() + 4 * HOUR) }) as Session;
    const everything = async () => {
      const tables = ['pscRequest', 'pscChoice', 'pscSession', 'pscLogout'];
      return JSON.stringify(
        await Promise.all(tables.map((table) => bench.database.rows(`SELECT * FROM ${table}`))),
      );
    };

    it('has migrations that agree with the entities', async () => {
      expect(await bench.migrator.drift()).toEqual([]);
    });

    it('takes a request back once of sixteen at the same time', async () => {
      const { correlation, browserCookie } = requests.begin('/mon-compte', undefined);
      const { results } = await atOnce(16, () =>
        requests.takeBack(correlation.state, browserCookie, ANY_TURN),
      );
      expect(results.filter((one) => one.status === 'expected')).toEqual([
        { status: 'expected', correlation, returnTo: '/mon-compte', linkFor: null },
      ]);
      expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
    });

    it('counts sixteen at the same time, lets in as many as may come, and keeps nothing of the others', async () => {
      await bench.database.execute('DELETE FROM pscRequest');
      const limiter = new RateLimiter(bench.database, clock);
      const limit = { name: 'psc.test', max: 5, windowMs: MINUTE };
      const turn: Turn = { inDatabase: true, take: (at) => limiter.hit([{ limit, key: 'block' }], at) };
      const { results, errors } = await atOnce(16, () => {
        const { correlation, browserCookie } = requests.begin('/agenda', undefined);
        return requests.takeBack(correlation.state, browserCookie, turn);
      });
      expect(errors).toEqual([]);
      expect(results.filter((one) => one.status === 'expected')).toHaveLength(5);
      expect(results.filter((one) => one.status !== 'expected')).toEqual(
        Array.from({ length: 11 }, () => ({ status: 'over', returnTo: '/agenda', linkFor: null })),
      );
      expect(await bench.database.rows('SELECT id FROM pscRequest')).toHaveLength(5);
    });

    it('counts each of sixteen that come with one state, and lets one in', async () => {
      const limiter = new RateLimiter(bench.database, clock);
      const limit = { name: 'psc.replay', max: 16, windowMs: MINUTE };
      const turn: Turn = { inDatabase: true, take: (at) => limiter.hit([{ limit, key: 'block' }], at) };
      const { correlation, browserCookie } = requests.begin('/', undefined);
      const { results } = await atOnce(16, () => requests.takeBack(correlation.state, browserCookie, turn));
      expect(results.filter((one) => one.status === 'expected')).toHaveLength(1);
      expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
      expect(await limiter.peek([{ limit, key: 'block' }])).toBeDefined();
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
      const foreign = new ProviderRequests(bench.database, clock, random, strangers).begin(
        '/',
        browserCookie,
      );
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
      const later = new ProviderRequests(bench.database, clock, random, rotated);
      expect(await later.takeBack(correlation.state, browserCookie, ANY_TURN)).toMatchObject({ correlation });
    });

    it('knows a state as used for longer than any instance could take it for good', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      await requests.takeBack(correlation.state, browserCookie, ANY_TURN);
      clock.advance(15 * MINUTE);
      await requests.purge(500);
      clock.advance(-MINUTE);
      const again = await requests.takeBack(correlation.state, browserCookie, ANY_TURN);
      expect(again).toEqual({ status: 'refused', reason: 'replayed-state' });
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

    it('consumes a choice once of sixteen at the same time', async () => {
      const token = await choices.offer(identity, '/');
      const choice = (await choices.find(token))!;
      expect(choice.identity).toEqual(identity);
      const { results } = await atOnce(16, () =>
        bench.database.transaction((tx) => choices.consume(choice.id, tx)),
      );
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await choices.find(token)).toBeUndefined();
    });

    it('offers a choice for a quarter of an hour', async () => {
      const token = await choices.offer(identity, '/');
      clock.advance(15 * MINUTE);
      expect(await choices.find(token)).toBeUndefined();
    });

    it('gives the id_token for one sign-out, to one of sixteen', async () => {
      const { id } = session();
      await bench.database.transaction((tx) => sessions.keep(session(id), identity, tx));
      const token = await sessions.beginSignOut(id);
      const { results } = await atOnce(16, () => sessions.takeIdToken(token));
      expect(results.filter(Boolean)).toEqual([identity.idToken]);
      expect(await sessions.beginSignOut(id)).toBeUndefined();
    });

    it('finds the sessions by the session of PSC or by its person, never by one and not the other', async () => {
      const [one, two] = [session(), session()];
      const [first, second] = [
        { ...identity, sid: 's1', subject: 'p' },
        { ...identity, sid: 's2', subject: 'p' },
      ];
      await bench.database.transaction((tx) => sessions.keep(one, first, tx));
      await bench.database.transaction((tx) => sessions.keep(two, second, tx));
      expect(await sessions.named({ sid: 's1', subject: null })).toEqual([one.id]);
      expect(await sessions.named({ sid: 's1', subject: 'p' })).toEqual([one.id]);
      expect(await sessions.named({ sid: 's1', subject: 'another' })).toEqual([]);
      expect((await sessions.named({ sid: null, subject: 'p' })).sort()).toEqual([one.id, two.id].sort());
    });

    it('opened at the very moment PSC ends them: whichever comes second sees the other', async () => {
      const opening = async (sid: string) => {
        const keep = (tx: Statements) => sessions.keep(session(), { ...identity, sid }, tx);
        const once = await bench.database.inOneTrip((tx) => Promise.all([keep(tx)]), { shared: true });
        if (!once) await bench.database.transaction(keep);
        return sessions.endedThere(sid);
      };
      const ending = async (sid: string) => {
        await sessions.note(`jti ${sid}`, sid);
        return (await sessions.named({ sid, subject: null })).length > 0;
      };
      const race = (sid: string) => Promise.all([opening(sid), ending(sid)]);
      const { results } = await atOnce(16, (index) => race(`sid ${index}`));
      expect(results).toHaveLength(16);
      expect(results.filter(([seenByUs, seenByPsc]) => !seenByUs && !seenByPsc)).toEqual([]);
    });

    it('takes note of a logout token once of sixteen, and remembers whose session PSC ended', async () => {
      const { results } = await atOnce(16, () => sessions.note('jti-1', 'ended'));
      expect(results.filter(Boolean)).toHaveLength(1);
      expect(await sessions.endedThere('ended')).toBe(true);
      expect(await sessions.endedThere('other')).toBe(false);
      await sessions.unnote('jti-1');
      expect(await sessions.note('jti-1', 'ended')).toBe(true);
    });

    it('keeps no secret in clear, and purges in batches what has expired', async () => {
      const { correlation, browserCookie } = requests.begin('/', undefined);
      await requests.takeBack(correlation.state, browserCookie, ANY_TURN);
      const token = await choices.offer(identity, '/');
      await bench.database.transaction((tx) => sessions.keep(session(), identity, tx));
      const kept = await everything();
      const secrets = [
        correlation.nonce,
        correlation.codeVerifier,
        browserCookie,
        identity.idToken,
        identity.nationalId,
      ];
      for (const secret of [...secrets, correlation.state.split('.')[1]!, token.split('.')[1]!])
        expect(kept).not.toContain(secret);
      clock.advance(4 * HOUR);
      expect(await requests.purge(1)).toBe(1);
      for (const store of [requests, choices, sessions]) await store.purge(500);
      expect(await everything()).toBe('[[],[],[],[]]');
    });
  },
);
