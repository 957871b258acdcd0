import { HOUR, Keyring, MINUTE, SystemRandom } from '@portillon/kernel';
import type { Session } from '@portillon/session';
import { concurrently, describeOnEveryEngine, SettableClock } from '@portillon/testing';
import type { EntityManager } from 'typeorm';
import {
  AuthorizationRequestEntity,
  AuthorizationRequestRepository,
} from './authorization/authorization-request.repository';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import { proSanteConnectPersistence } from './pro-sante-connect.persistence';
import type { Identity } from './provider/identity';
import { ActivityChoiceEntity, ActivityChoiceRepository } from './sign-in/activity-choice.repository';
import { ActivityChoiceService } from './sign-in/activity-choice.service';
import {
  LogoutTokenRepository,
  LogoutTokenEntity,
  ProviderSessionEntity,
  ProviderSessionRepository,
} from './sign-out/provider-session.repository';
import { ProviderSessionService } from './sign-out/provider-session.service';

const identity: Identity = {
  nationalId: '899700366240',
  names: { givenName: 'Claire', familyName: 'MARTIN' },
  subject: 'subject',
  sid: 'sid',
  acr: 'eidas1',
  amr: [],
  delegated: false,
  card: false,
  authTime: 1_764_000_000,
  idToken: 'header.claims.signature',
  activities: [],
};

describeOnEveryEngine('what is kept of a sign-in at PSC', [proSanteConnectPersistence], (fixture) => {
  const clock = new SettableClock();
  const random = new SystemRandom(clock);
  const keyring = new Keyring([{ id: 'k', secret: Buffer.alloc(32, 1) }]);
  let requests: AuthorizationRequestService;
  let choices: ActivityChoiceService;
  let sessions: ProviderSessionService;

  beforeAll(() => {
    const rows = fixture.dataSource;
    const unused = {} as never;
    const requestRows = new AuthorizationRequestRepository(rows.getRepository(AuthorizationRequestEntity));
    const choiceRows = new ActivityChoiceRepository(rows.getRepository(ActivityChoiceEntity));
    const sessionRows = new ProviderSessionRepository(rows.getRepository(ProviderSessionEntity));
    const logoutRows = new LogoutTokenRepository(rows.getRepository(LogoutTokenEntity));
    requests = new AuthorizationRequestService(
      requestRows,
      clock,
      random,
      keyring,
      unused,
      unused,
      unused,
      unused,
    );
    choices = new ActivityChoiceService(choiceRows, clock, random, keyring);
    sessions = new ProviderSessionService(sessionRows, clock, random, keyring, logoutRows);
  });

  const session = (id = random.id()) =>
    ({ id, expiresAt: new Date(clock.now().getTime() + 4 * HOUR) }) as Session;
  const everything = async () => {
    const tables = ['pscRequest', 'pscChoice', 'pscSession', 'pscLogout'];
    return JSON.stringify(
      await Promise.all(tables.map((table) => fixture.dataSource.query(`SELECT * FROM ${table}`))),
    );
  };

  it('has migrations that agree with the entities', async () => {
    expect(await fixture.migrator.drift()).toEqual([]);
  });

  it('consumes a choice once of sixteen at the same time', async () => {
    const token = await choices.offer(identity, '/');
    const choice = (await choices.find(token))!;
    expect(choice.identity).toEqual(identity);
    const { results } = await concurrently(16, () =>
      fixture.transactions.run((tx) => choices.consume(choice.id, tx)),
    );
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await choices.find(token)).toBeUndefined();
  });

  it('offers a choice for a quarter of an hour', async () => {
    const token = await choices.offer(identity, '/mon-compte');
    clock.advance(15 * MINUTE - 1);
    expect(await choices.find(token)).toMatchObject({ returnTo: '/mon-compte' });
    clock.advance(1);
    expect(await choices.find(token)).toBeUndefined();
  });

  it('finds no choice by a guess, nor by the token of another', async () => {
    const [one, other] = [await choices.offer(identity, '/'), await choices.offer(identity, '/')];
    const mixed = `${one.split('.')[0]!}.${other.split('.')[1]!}`;
    for (const guess of [undefined, '', 'text', mixed]) expect(await choices.find(guess)).toBeUndefined();
    expect(await choices.find(one)).toBeDefined();
  });

  it('gives the id_token for one sign-out, to one of sixteen', async () => {
    const { id } = session();
    await fixture.transactions.run((tx) => sessions.record(session(id), identity, tx));
    const token = await sessions.beginSignOut(id);
    const { results } = await concurrently(16, () => sessions.takeIdToken(token));
    expect(results.filter(Boolean)).toEqual([identity.idToken]);
    expect(await sessions.beginSignOut(id)).toBeUndefined();
  });

  it('gives the id_token to no other browser, and to none before a sign-out has begun', async () => {
    const { id } = session();
    await fixture.transactions.run((tx) => sessions.record(session(id), identity, tx));
    const secret = (await sessions.recordRefused(identity)).split('.')[1]!;
    const guesses = [undefined, '', 'text', `${id}.${secret}`];
    for (const guess of guesses) expect(await sessions.takeIdToken(guess)).toBeUndefined();
    const token = await sessions.beginSignOut(id);
    for (const guess of guesses) expect(await sessions.takeIdToken(guess)).toBeUndefined();
    expect(await sessions.takeIdToken(token)).toBe(identity.idToken);
    expect(await sessions.beginSignOut('another')).toBeUndefined();
  });

  it('gives the id_token of a person who may not enter for a quarter of an hour, and ends none of ours', async () => {
    const token = await sessions.recordRefused(identity);
    expect(await sessions.findNamed({ sid: identity.sid, subject: null })).toEqual([]);
    expect(await sessions.takeIdToken(token)).toBe(identity.idToken);
    const late = await sessions.recordRefused(identity);
    clock.advance(15 * MINUTE);
    await sessions.purge(500);
    expect(await sessions.takeIdToken(late)).toBeUndefined();
  });

  it('keeps the session that was proved last and drops the one before', async () => {
    const { id } = session();
    await fixture.transactions.run((tx) => sessions.record(session(id), identity, tx));
    const anew = { ...identity, sid: 'anew' };
    await fixture.transactions.run((tx) => sessions.replace(session(id), anew, tx));
    expect(await sessions.findNamed({ sid: identity.sid, subject: null })).toEqual([]);
    expect(await sessions.findNamed({ sid: 'anew', subject: null })).toEqual([id]);
  });

  it('finds the sessions by the session of PSC or by the person, never by one and not the other', async () => {
    const [one, two] = [session(), session()];
    const [first, second] = [
      { ...identity, sid: 's1', subject: 'p' },
      { ...identity, sid: 's2', subject: 'p' },
    ];
    await fixture.transactions.run((tx) => sessions.record(one, first, tx));
    await fixture.transactions.run((tx) => sessions.record(two, second, tx));
    expect(await sessions.findNamed({ sid: 's1', subject: null })).toEqual([one.id]);
    expect(await sessions.findNamed({ sid: 's1', subject: 'p' })).toEqual([one.id]);
    expect(await sessions.findNamed({ sid: 's1', subject: 'another' })).toEqual([]);
    expect((await sessions.findNamed({ sid: null, subject: 'p' })).sort()).toEqual([one.id, two.id].sort());
  });

  it('opened at the very moment PSC ends them: whichever comes second sees the other', async () => {
    const opening = async (sid: string) => {
      const record = (tx: EntityManager) => sessions.record(session(), { ...identity, sid }, tx);
      await fixture.transactions.run(record);
      return sessions.hasEnded(sid);
    };
    const ending = async (sid: string) => {
      await sessions.takeLogoutToken(`jti ${sid}`, sid);
      return (await sessions.findNamed({ sid, subject: null })).length > 0;
    };
    const race = (sid: string) => Promise.all([opening(sid), ending(sid)]);
    const { results } = await concurrently(16, (index) => race(`sid ${index}`));
    expect(results).toHaveLength(16);
    expect(results.filter(([seenByUs, seenByPsc]) => !seenByUs && !seenByPsc)).toEqual([]);
  });

  it('takes note of a logout token once of sixteen, and remembers whose session PSC ended', async () => {
    const { results } = await concurrently(16, () => sessions.takeLogoutToken('jti-1', 'ended'));
    expect(results.filter(Boolean)).toHaveLength(1);
    expect(await sessions.hasEnded('ended')).toBe(true);
    expect(await sessions.hasEnded('other')).toBe(false);
    await sessions.releaseLogoutToken('jti-1');
    expect(await sessions.takeLogoutToken('jti-1', 'ended')).toBe(true);
  });

  it('keeps no secret in clear, and purges in batches what has expired', async () => {
    const { correlation, browserCookie } = requests.begin(
      { returnTo: '/', linkFor: null, maxAge: null },
      undefined,
    );
    await requests.consumeState(correlation.state, browserCookie);
    const token = await choices.offer(identity, '/');
    await fixture.transactions.run((tx) => sessions.record(session(), identity, tx));
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
    await sessions.purgeLogoutTokens(500);
    expect(await everything()).toBe('[[],[],[],[]]');
  });
});
