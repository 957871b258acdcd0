import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { concurrently } from '@portillon/testing/servers';
import { createLocalJWKSet, decodeProtectedHeader, JSONWebKeySet, jwtVerify } from 'jose';
import * as client from 'openid-client';
import {
  APP_ORIGIN,
  askGate,
  GatedBrowser,
  passGate,
  setGateRules,
} from '../harness/applications/gated-application';
import type { Person } from '../harness/people/person';
import { registerApplication, RelyingParty } from '../harness/applications/relying-party';
import type { Server } from '../harness/server/server';
import { useStage } from '../harness/server/stage';
import type { Visitor } from '../harness/people/visitor';

/** The embedded database serves one process. */
const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? describe : describe.skip;

onMariadb('two servers on one database', () => {
  const stage = useStage({ engine: 'MariaDB', environment: { GATE_PROXIES: '127.0.0.1' } });
  let other: Server;

  beforeAll(async () => {
    other = await stage.anotherServer();
  }, 30_000);

  it('accept the code of a sign-in begun on the other, once', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInMail();
    const { results } = await concurrently(16, (index) =>
      (index % 2 ? browser.copy() : browser.through(other.url)).post('/api/sign-in/code', { code }),
    );
    expect(results.filter((one) => one.status === 200)).toHaveLength(1);
    expect(results.filter((one) => one.status >= 500)).toEqual([]);
  });

  it('share the sessions, and their end', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    const there = browser.through(other.url);
    expect((await there.get('/api/session')).outcome).toBe('200');
    await there.delete('/api/session');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });

  it('redeem a code of an instance that was killed since, once', async () => {
    const party = await RelyingParty.register(stage);
    const { person, browser } = await stage.signedIn();
    const third = await stage.anotherServer();
    const way = await party.leave(browser.through(third.url));
    await third.kill();
    expect((await party.redeem(way)).claims()!.sub).toBe(person.id);
    await expect(party.redeem(way)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('rotate the keys that sign, while a client keeps working on both', async () => {
    const party = await RelyingParty.register(stage);
    const { browser } = await stage.signedIn();
    const before = await party.enter(browser);
    await stage.command(['keys', 'signing', 'next']);
    expect((await stage.command(['keys', 'signing', 'rotate', '--now'])).code).toBe(0);
    const after = await party.enter(browser.through(other.url));
    const again = await client.refreshTokenGrant(party.configuration, before.refresh_token!);
    const kids = [before, after, again].map(({ id_token }) => decodeProtectedHeader(id_token!).kid);
    expect(kids[1]).not.toBe(kids[0]);
    expect(kids[2]).toBe(kids[1]);
    for (const { url } of [stage.server, other]) {
      const keys = createLocalJWKSet((await (await fetch(`${url}/oidc/jwks`)).json()) as JSONWebKeySet);
      for (const { id_token } of [before, after, again])
        expect((await jwtVerify(id_token!, keys)).payload.aud).toBe(party.id);
    }
  });

  describe('at the gate', () => {
    let application: string;
    let administrator: Visitor;

    beforeAll(async () => {
      const gated = { kind: 'gate', redirectUris: [`${APP_ORIGIN}/.portillon/callback`], authMethod: 'none' };
      application = (await registerApplication(stage, gated)).id;
      ({ browser: administrator } = await stage.signedIn({ role: 'national-admin', structureId: null }));
    });

    beforeEach(() => setGateRules(stage, application, [{ paths: ['/'] }]));

    /** What the proxy of the application has this server answer to a browser. */
    const step = (browser: GatedBrowser, location: string) => {
      const { pathname, search } = new URL(location);
      const told = { 'x-forwarded-proto': 'http', 'x-forwarded-host': new URL(APP_ORIGIN).host };
      return browser.ask('GET', pathname + search, told);
    };
    const PAGE = `${APP_ORIGIN}/api/gate/ext-authz/dossiers`;

    it('write no row for a stranger, even with a meaningless cookie, before a user is back', async () => {
      const count = 'SELECT COUNT(*) AS total FROM gateSignIn';
      const before = await stage.database.row(count);
      const stranger = new GatedBrowser(stage.server.port, stage.visitor());
      stranger.cookies.set('portillon_gate', `01a20e4e-456f-7512-ad13-30b1f69779ef.${'A'.repeat(43)}`);
      for (let page = 0; page < 20; page += 1) {
        const started = await step(stranger, (await step(stranger, PAGE)).headers.location!);
        const state = new URL(started.headers.location!).searchParams.get('state')!;
        const back = new URLSearchParams({ state, iss: 'http://portillon.test', error: 'access_denied' });
        expect(await stage.database.row(count)).toEqual(before);
        const ended = await step(stranger, `${APP_ORIGIN}/.portillon/callback?${back.toString()}`);
        expect(ended.status).toBe(403);
      }
      expect(await stage.database.row(count)).toEqual(before);
    });

    it('take back once a sign-in that began on one, whatever code comes with it', async () => {
      const { browser } = await stage.signedIn();
      const [here, there] = [stage.server, other].map(({ port }) => new GatedBrowser(port, browser));
      const asked = await step(here!, PAGE);
      const started = await step(there!, asked.headers.location!);
      here!.cookies.set(...[...there!.cookies][0]!);
      const { pathname, search } = new URL(started.headers.location!);
      const backs = [await browser.get(pathname + search), await browser.get(pathname + search)];
      const [first, second] = backs.map(({ headers }) => headers.location!);
      expect((await step(here!, first!)).headers.location).toBe(`${APP_ORIGIN}/dossiers`);
      expect((await step(there!, second!)).status).toBe(400);
    });

    it.each<[string, string, (person: Person, browser: Visitor) => Promise<unknown>]>([
      ['the session was revoked', '401 session.required', (_, browser) => browser.delete('/api/session')],
      [
        'the account was closed',
        '401 session.required',
        ({ id }) => administrator.post(`/api/admin/accounts/${id}/deactivate`, {}),
      ],
      [
        'the sign-in at the application was ended',
        '401 session.required',
        (_, browser) => browser.delete(`/api/account/applications/${application}`),
      ],
      [
        'the rule was changed',
        '403 permission.denied',
        () => setGateRules(stage, application, [{ paths: ['/'], access: 'closed' }]),
      ],
      [
        'the application was disabled',
        '403 permission.denied',
        () => stage.database.execute("UPDATE application SET status = 'disabled' WHERE kind = 'gate'"),
      ],
    ])('refuse on both at the next request once %s on one', async (_, refusal, happens) => {
      const { person, browser } = await stage.signedIn();
      await passGate(browser);
      const there = browser.through(other.url);
      const both = async () => [(await askGate(browser)).outcome, (await askGate(there)).outcome];
      expect(await both()).toEqual(['200', '200']);
      await happens(person, browser.copy());
      expect(await both()).toEqual([refusal, refusal]);
    });
  });

  it('share the remembered browsers', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await claire.givePassword(browser.through(other.url))).body.status).toBe('signed-in');
  });

  it('share the tries of a code', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const there = browser.through(other.url);
    const wrong = claire.wrongCode();
    const left = [];
    for (const one of [browser, there, browser, there])
      left.push((await one.post('/api/sign-in/code', { code: wrong })).body.attemptsLeft);
    expect(left).toEqual([4, 3, 2, 1]);
  });

  it('share the delay between wrong passwords', async () => {
    const claire = await stage.person();
    const there = stage.visitor().through(other.url);
    for (const one of [stage.visitor(), there, stage.visitor()]) await claire.givePassword(one, 'guess');
    for (const one of [stage.visitor(), there])
      expect((await claire.givePassword(one)).outcome).toBe('429 attempts.exceeded');
  });

  it('share the limit of messages to one address', async () => {
    const claire = await stage.person();
    for (let turn = 0; turn < 5; turn++)
      await claire.givePassword(turn % 2 ? stage.visitor() : stage.visitor().through(other.url));
    expect((await claire.givePassword(stage.visitor())).outcome).toBe('429 attempts.exceeded');
    expect((await claire.givePassword(stage.visitor().through(other.url))).outcome).toBe(
      '429 attempts.exceeded',
    );
    expect(claire.mailCount()).toBe(5);
  });

  /** Each attempt is written before its password is looked at: by then the server has the request. */
  const attempts = async () =>
    Number((await stage.database.row<{ n: number }>('SELECT COUNT(*) AS n FROM passwordAttempt'))!.n);

  it('are stopped one after the other without cutting anybody off', async () => {
    const third = await stage.anotherServer();
    const people = await Promise.all(Array.from({ length: 8 }, () => stage.person()));
    const before = await attempts();
    const sent = people.map((person) => person.givePassword(stage.visitor().through(third.url)));
    while ((await attempts()) < before + people.length) await sleep(5);
    const start = performance.now();
    const stopped = third.stop();
    const answers = await Promise.all(sent);
    await stopped;
    expect(answers.map(({ outcome }) => outcome)).toEqual(people.map(() => '200'));
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('are stopped at once though a browser holds a connection that it opened in advance', async () => {
    const third = await stage.anotherServer();
    const connection = connect(third.port, '127.0.0.1');
    await once(connection, 'connect');
    const start = performance.now();
    await third.stop();
    expect(performance.now() - start).toBeLessThan(5_000);
    connection.destroy();
  });

  // From here on the other's clock is ahead for good: it would take a message of the others for a late one.

  it('take each other’s codes though the clock of one is two minutes ahead', async () => {
    await other.advance(120_000);
    const claire = await stage.person();
    const there = stage.visitor().through(other.url);
    await claire.givePassword(there);
    const answer = await there
      .through(stage.server.url)
      .post('/api/sign-in/code', { code: claire.codeInMail() });
    expect(answer.outcome).toBe('200');
  });

  // What the first knows of a sign-in it began is only good as long as it is so.
  it.each([
    ['used up there', '401 code.exhausted', usedUp],
    ['replaced there', '401 code.rejected', replaced],
    ['ended there', '401 sign-in.required', ended],
  ])('take no right code whose sign-in was %s', async (_, outcome, happens) => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.givePassword(browser);
    const code = claire.codeInMail();
    await happens(claire, browser.through(other.url));
    expect((await browser.post('/api/sign-in/code', { code })).outcome).toBe(outcome);
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });

  async function usedUp(claire: Person, there: Visitor) {
    for (let time = 0; time < 5; time++) await there.post('/api/sign-in/code', { code: claire.wrongCode() });
  }

  async function replaced(_: Person, there: Visitor) {
    await other.advance(31_000);
    expect((await there.post('/api/sign-in/code/resend', {})).outcome).toBe('202');
  }

  async function ended(claire: Person) {
    const end = 'UPDATE signIn SET endedAt = startedAt, secretDigest = NULL WHERE accountId = ?';
    expect(await stage.database.execute(end, [claire.id])).toBe(1);
  }

  it('do not let a slow clock revive a session that the other has ended', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    await other.advance(31 * 60_000);
    expect((await browser.through(other.url).get('/api/session')).outcome).toBe('401 session.required');
    expect((await browser.get('/api/session')).outcome).toBe('401 session.required');
  });
});
