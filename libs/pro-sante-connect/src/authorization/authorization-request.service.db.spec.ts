import { Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import { altered, concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import { proSanteConnectPersistence } from '../pro-sante-connect.persistence';
import {
  AuthorizationRequestEntity,
  AuthorizationRequestRepository,
} from './authorization-request.repository';
import { AuthorizationRequestService } from './authorization-request.service';

describeOnEveryEngine('a request that left for PSC', [proSanteConnectPersistence], (fixture) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  const keyring = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 1) }]);
  let requests: AuthorizationRequestService;

  /** As another process has them. */
  const anotherProcess = (keys = keyring) => {
    const used = new AuthorizationRequestRepository(
      fixture.dataSource.getRepository(AuthorizationRequestEntity),
    );
    const unused = {} as never;
    return new AuthorizationRequestService(used, clock, random, keys, unused, unused, unused, unused);
  };
  const signIn = (returnTo: string) => ({ returnTo, linkFor: null, maxAge: null });
  const link = (returnTo: string) => ({ returnTo, linkFor: 'session-1', maxAge: 300 });
  const used = () => fixture.dataSource.query('SELECT id FROM pscRequest');

  beforeAll(() => {
    requests = anotherProcess();
  });

  it('takes a request back once of sixteen at the same time, and asks PSC for one', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/mon-compte'), undefined);
    const { results } = await concurrently(16, () => requests.consumeState(correlation.state, browserCookie));
    expect(results.filter((one) => one.status === 'expected')).toMatchObject([
      { correlation, returnTo: '/mon-compte', linkFor: null },
    ]);
    expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
  });

  it('is used up once of sixteen processes that have it at the same time', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    const { results } = await concurrently(16, () =>
      anotherProcess().consumeState(correlation.state, browserCookie),
    );
    expect(results.filter((one) => one.status === 'expected')).toHaveLength(1);
    expect(results.filter((one) => one.status === 'refused')).toHaveLength(15);
    expect(await used()).not.toEqual([]);
  });

  it('returns the page that the person left, to that browser and to no other', () => {
    const { correlation, browserCookie } = requests.begin(link('/agenda'), undefined);
    const left = { returnTo: '/agenda', linkFor: 'session-1' };
    expect(requests.leftFrom(correlation.state, browserCookie)).toMatchObject(left);
    expect(requests.leftFrom(correlation.state, 'x')).toEqual({ returnTo: '/', linkFor: null });
  });

  it('takes no request back in another browser, and leaves it to the one that went', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    const other = requests.begin(signIn('/'), undefined);
    for (const cookie of [undefined, '', other.browserCookie, `${browserCookie}x`])
      expect(await requests.consumeState(correlation.state, cookie)).toEqual({
        status: 'refused',
        reason: 'other-browser',
      });
    expect(await requests.consumeState(other.correlation.state, browserCookie)).toMatchObject({
      status: 'refused',
    });
    expect(await requests.consumeState(correlation.state, browserCookie)).toMatchObject({
      status: 'expected',
    });
  });

  it('lets one browser go twice, and takes no cookie of its making', async () => {
    const first = requests.begin(signIn('/'), undefined);
    expect(requests.begin(signIn('/'), first.browserCookie).browserCookie).toBe(first.browserCookie);
    for (const planted of ['x', 'x'.repeat(10_000), '../../../', '']) {
      expect(requests.begin(signIn('/'), planted).browserCookie).toMatch(/^[\w-]{43}$/);
    }
  });

  it('takes a request back for a quarter of an hour, to the millisecond', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    clock.advance(15 * MINUTE);
    expect(await requests.consumeState(correlation.state, browserCookie)).toEqual({
      status: 'refused',
      reason: 'expired-state',
    });
  });

  it('takes a request to link back for five minutes, with the session that wants it', async () => {
    const [soon, late] = [
      requests.begin(link('/mon-compte'), undefined),
      requests.begin(link('/mon-compte'), undefined),
    ];
    clock.advance(5 * MINUTE - 1);
    const taken = await requests.consumeState(soon.correlation.state, soon.browserCookie);
    expect(taken).toMatchObject({ status: 'expected', linkFor: 'session-1', correlation: { maxAge: 300 } });
    clock.advance(1);
    const over = await requests.consumeState(late.correlation.state, late.browserCookie);
    expect(over).toEqual({ status: 'refused', reason: 'expired-state' });
  });

  it('stores nothing for a person who has left and may never come back', async () => {
    await fixture.dataSource.query('DELETE FROM pscRequest');
    requests.begin(signIn('/'), undefined);
    expect(await fixture.dataSource.query('SELECT id FROM pscRequest')).toEqual([]);
  });

  it('shows the browser and PSC only secrets that fit PKCE and belong to this one request', () => {
    const { correlation, browserCookie } = requests.begin(link('/mon-compte'), undefined);
    const { correlation: twin } = requests.begin(link('/mon-compte'), browserCookie);
    const { state, nonce, codeVerifier } = correlation;
    const body = Buffer.from(state.split('.')[1]!, 'base64url').toString('latin1');
    for (const part of ['mon-compte', 'session-1', nonce, codeVerifier, browserCookie])
      expect(body).not.toContain(part);
    expect(codeVerifier).toMatch(/^[\w-]{43}$/);
    expect(new Set([nonce, codeVerifier, twin.nonce, twin.codeVerifier, browserCookie]).size).toBe(5);
  });

  it('takes no state back that was altered, or made with keys that are not ours', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    const { state } = correlation;
    const strangers = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 2) }]);
    const foreign = anotherProcess(strangers).begin(signIn('/'), browserCookie);
    for (const forged of [altered(state), `${state}AAAA`, state.slice(0, -4), foreign.correlation.state])
      expect(await requests.consumeState(forged, browserCookie)).toEqual({
        status: 'refused',
        reason: 'unknown-state',
      });
    expect(await requests.consumeState(state, browserCookie)).toMatchObject({ status: 'expected' });
  });

  it('takes a request back after the keys were rotated, with the same secrets', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    const rotated = new Keyring([
      { id: 'new', secret: Buffer.alloc(32, 3) },
      { id: 'k', secret: Buffer.alloc(32, 1) },
    ]);
    const later = anotherProcess(rotated);
    expect(await later.consumeState(correlation.state, browserCookie)).toMatchObject({ correlation });
  });

  it('knows a state as used for longer than any instance could take it for good', async () => {
    const { correlation, browserCookie } = requests.begin(signIn('/'), undefined);
    await requests.consumeState(correlation.state, browserCookie);
    clock.advance(15 * MINUTE);
    await requests.purge(500);
    clock.advance(-MINUTE);
    for (const process of [requests, anotherProcess()])
      expect(await process.consumeState(correlation.state, browserCookie)).toEqual({
        status: 'refused',
        reason: 'replayed-state',
      });
  });

  it.each([undefined, '', 'x', '01a20e4e-456f-7512-ad13-30b1f69779ef.x', "' OR 1=1"])(
    'knows no request by the state %j',
    async (state) => {
      expect(await requests.consumeState(state, 'x')).toEqual({
        status: 'refused',
        reason: 'unknown-state',
      });
    },
  );
});
