import { connect } from 'node:net';
import { endlessTexts } from '@portillon/testing/servers';
import { hostileBodies, hostileStrings } from './harness/hostile';
import { bearer, Machines } from './harness/machine';
import type { Person } from './harness/person';
import { readinessOnce } from './harness/readiness';
import { STRUCTURE, useStage } from './harness/stage';
import type { Answer } from './harness/answer.types';
import type { Visitor } from './harness/visitor';

const ATTACKS = hostileStrings('1').length;

interface Scene {
  person: Person;
  visitor: Visitor;
  /** What would be accepted. */
  body: Record<string, unknown>;
}

interface Target {
  method: 'POST' | 'PUT' | 'PATCH';
  path: string;
  prepare: () => Promise<Scene>;
  /** So many wrong texts are tried against one scene before the right body must still be accepted. */
  tries: number;
  /** Fields where only what is malformed can be told wrong: any text may be somebody's. */
  strings: string[];
}

const SECRET = 'portillon_session=do-not-repeat-me';

const stage = useStage({ environment: { GATE_PROXIES: '127.0.0.1', PASSKEYS: 'on' } });

describe('hostile input', () => {
  async function atCodeStep(): Promise<Scene> {
    const person = await stage.person();
    const visitor = stage.visitor();
    await person.givePassword(visitor);
    return { person, visitor, body: { code: person.codeInMail(), rememberBrowser: true } };
  }

  async function signedIn(body: Record<string, unknown>): Promise<Scene> {
    const person = await stage.person();
    const visitor = stage.visitor();
    await person.signIn(visitor);
    return { person, visitor, body };
  }

  const targets: Target[] = [
    {
      method: 'POST',
      path: '/api/sign-in/password',
      tries: 2,
      strings: ['username', 'password'],
      prepare: async () => {
        const person = await stage.person();
        const body = { username: person.username, password: person.password };
        return { person, visitor: stage.visitor(), body };
      },
    },
    { method: 'POST', path: '/api/sign-in/code', tries: 4, strings: ['code'], prepare: atCodeStep },
    {
      method: 'POST',
      path: '/api/sign-in/code/resend',
      tries: 99,
      strings: ['channel'],
      prepare: async () => {
        const scene = await atCodeStep();
        await stage.server.advance(31_000);
        return { ...scene, body: { channel: 'EMAIL' } };
      },
    },
    {
      method: 'POST',
      path: '/api/session/challenge',
      tries: 99,
      strings: ['channel'],
      prepare: () => signedIn({ channel: 'EMAIL' }),
    },
    {
      method: 'POST',
      path: '/api/session/challenge/code',
      tries: 4,
      strings: ['code'],
      prepare: async () => {
        const scene = await signedIn({});
        await scene.visitor.post('/api/session/challenge', {});
        return { ...scene, body: { code: scene.person.codeInMail() } };
      },
    },
    {
      method: 'PATCH',
      path: '/api/account',
      tries: 99,
      strings: ['codeChannel', 'locale'],
      prepare: () => signedIn({ codeChannel: 'EMAIL', locale: 'en' }),
    },
    {
      method: 'PUT',
      path: '/api/account/phone',
      tries: 99,
      strings: ['phoneNumber'],
      prepare: () => signedIn({ phoneNumber: '+33612345678' }),
    },
    {
      method: 'POST',
      path: '/api/account/phone/verification/code',
      tries: 4,
      strings: ['code'],
      prepare: async () => {
        const scene = await signedIn({});
        await scene.visitor.put('/api/account/phone', { phoneNumber: scene.person.mobile });
        await scene.visitor.post('/api/account/phone/verification');
        return { ...scene, body: { code: scene.person.codeInSms() } };
      },
    },
    {
      method: 'PUT',
      path: '/api/account/password',
      tries: 2,
      strings: ['currentPassword'],
      prepare: async () => {
        const scene = await signedIn({});
        return {
          ...scene,
          body: { currentPassword: scene.person.password, newPassword: 'Grande-Maree-a-Brest-31' },
        };
      },
    },
  ];

  describe.each(targets)('to $method $path', ({ method, path, prepare, tries, strings }) => {
    it('is refused whatever the shape, the bytes and the type of the body, and changes nothing', async () => {
      const scene = await prepare();
      const before = await state(scene);
      const offences = [];
      for (const { name, call } of hostileBodies(scene.body))
        offences.push(...offence(name, await scene.visitor.send(method, path, undefined, call)));
      expect(offences).toEqual([]);
      expect(await state(scene)).toEqual(before);
      await stillWorks(scene);
    });

    it.each(strings)('is refused in %s when it only looks right, and changes nothing', async (field) => {
      for (let start = 0; start < ATTACKS; start += tries) {
        const scene = await prepare();
        const before = await state(scene);
        const offences = [];
        for (const text of attacksOn(field, String(scene.body[field])).slice(start, start + tries)) {
          const answer = await scene.visitor.send(method, path, { ...scene.body, [field]: text });
          offences.push(...offence(JSON.stringify(text).slice(0, 60), answer));
        }
        expect(offences).toEqual([]);
        expect(await state(scene)).toEqual(before);
        await stillWorks(scene);
      }
    });

    async function stillWorks({ visitor, body }: Scene): Promise<void> {
      expect((await visitor.send(method, path, body)).status).toBeLessThan(300);
    }
  });

  it.each([
    "'%20OR%20'1'='1",
    '%27%20OR%201=1%20--',
    '%00',
    '..%2f..%2fsession',
    '%F0%28%8C%28',
    '*',
    '%',
    'x'.repeat(99),
    'x'.repeat(5_000),
    '%0d%0aSet-Cookie:%20x=y',
    '__proto__',
    '01A20E4E-456F-7512-AD13-30B1F69779EF',
  ])('as the id of a session or browser ends none: %.40s', async (id) => {
    const scene = await signedIn({});
    const before = await state(scene);
    for (const list of ['sessions', 'browsers']) {
      const answer = await scene.visitor.delete(`/api/account/${list}/${id}`);
      expect(offence(id, answer)).toEqual([]);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
    expect(await state(scene)).toEqual(before);
  });

  it.each([
    'cursor=%27%20OR%201=1',
    'cursor=',
    'cursor=x&cursor=y',
    'cursor[]=x',
    'cursor[$gt]=',
    `cursor=${'9'.repeat(8_000)}`,
    'cursor=%00',
    'cursor=-1',
    'cursor=eyJpZCI6MX0',
    '__proto__[limit]=1',
    'limit=100000000',
  ])('in the query of the activity shows nothing of others and breaks nothing: %.30s', async (query) => {
    const { visitor, person } = await signedIn({});
    const answer = await visitor.get(`/api/account/activity?${query}`);
    expect(answer.status).toBeLessThan(500);
    if (answer.status === 200) expect(answer.body.items.length).toBeLessThanOrEqual(20);
    expect((await person.givePassword(visitor)).outcome).toBe('200');
  });

  it('that Pro Santé Connect would send leaves no error in the log where it is not set up', async () => {
    const answer = await stage
      .visitor()
      .send('POST', '/api/sign-in/pro-sante-connect/back-channel-logout', undefined, {
        raw: 'logout_token=x',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect(answer.outcome).toBe('404 means.unavailable');
  });

  /** Everything of this person that an effect would show in. */
  async function state({ person }: Scene): Promise<unknown> {
    const of = (sql: string) => stage.database.rows(sql, [person.id]);
    return {
      account: await of('SELECT * FROM account WHERE id = ?'),
      sessions: await of('SELECT * FROM session WHERE accountId = ? ORDER BY id'),
      browsers: await of('SELECT * FROM rememberedBrowser WHERE accountId = ? ORDER BY id'),
      mails: person.mailCount(),
      messages: person.smsCount(),
    };
  }

  afterEach(async () => {
    // Not whether it is ready: tests before have moved its clock on, away from that of the database.
    await readinessOnce(stage.visitor(), ({ body }) => body.checks.database.status === 'up');
    expect(stage.server.log.filter((line) => Number(line['level']) >= 50)).toEqual([]);
  });
});

describe('a text made to be read for ever', () => {
  const SEED = 25;
  const TEXTS = 24;
  const LONG = 12_000;
  const MOST_MS = 50;
  const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

  let token: string;
  let person: Person;
  let browser: Visitor;
  let administrator: Visitor;

  beforeAll(async () => {
    const machines = new Machines(stage);
    await machines.open();
    token = machines.token(await machines.service(STRUCTURE.id));
    ({ person, browser } = await stage.signedIn());
    administrator = (await stage.signedIn({ role: 'national-admin', structureId: null })).browser;
  }, 30_000);

  const inHeader = (text: string) => text.replace(/[^\x20-\x7e]/g, '~');
  const inUrl = (text: string) => text.replace(/[^\x21-\x7e]|[#?]/g, '~');
  const base64 = (text: string) => Buffer.from(text).toString('base64url');
  const get = (path: string, headers: Record<string, string> = {}) => stage.visitor().get(path, { headers });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    stage.visitor().post(path, body, { headers });
  const form = (text: string) => ({
    raw: text,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const proxied = (headers: Record<string, string>) =>
    get('/api/gate/forward-auth', {
      'x-forwarded-method': 'GET',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': 'app.example',
      'x-forwarded-uri': '/',
      ...headers,
    });
  const directory = (path: string) => stage.visitor().get(`/scim/v2/${path}`, bearer(token));
  const change = (operation: object) => {
    const body = { schemas: [PATCH], Operations: [{ op: 'replace', ...operation }] };
    return stage.visitor().patch(`/scim/v2/Users/${person.id}`, body, bearer(token));
  };
  const passkey = (response: object) => {
    const credential = {
      id: 'aaaa',
      rawId: 'aaaa',
      type: 'public-key',
      clientExtensionResults: {},
      response,
    };
    return post('/api/sign-in/passkey', { credential });
  };

  it.each<[string, number, (text: string) => Promise<Answer>]>([
    ['a path', LONG, (text) => get(`/${inUrl(text)}`)],
    ['a query', LONG, (text) => browser.get(`/api/account/activity?cursor=${inUrl(text)}`)],
    [
      'the place to go back to',
      LONG,
      (text) => get(`/api/sign-in/pro-sante-connect?returnTo=/${inUrl(text)}`),
    ],
    ['a search', 1_300, (text) => administrator.get(`/api/admin/accounts?q=${encodeURIComponent(text)}`)],
    ['Accept-Language', LONG, (text) => get('/api/session', { 'accept-language': inHeader(text) })],
    [
      'User-Agent',
      LONG,
      (text) => post('/api/sign-in/code', { code: '123456' }, { 'user-agent': inHeader(text) }),
    ],
    ['Content-Type', LONG, (text) => post('/api/sign-in/code', {}, { 'content-type': inHeader(text) })],
    [
      'a charset',
      LONG,
      (text) => post('/api/sign-in/code', {}, { 'content-type': `application/json;${inHeader(text)}` }),
    ],
    ['X-Forwarded-For', LONG, (text) => get('/api/session', { 'x-forwarded-for': inHeader(text) })],
    ['X-Request-Id', LONG, (text) => get('/api/session', { 'x-request-id': inHeader(text) })],
    ['cookies', LONG, (text) => get('/api/session', { cookie: inHeader(text) })],
    ['a session', LONG, (text) => get('/api/session', { cookie: `portillon_session=${inHeader(text)}` })],
    [
      'If-Match',
      LONG,
      (text) =>
        administrator.patch(
          `/api/admin/accounts/${person.id}`,
          {},
          { headers: { 'if-match': inHeader(text) } },
        ),
    ],
    [
      'Idempotency-Key',
      LONG,
      (text) =>
        administrator.post(
          '/api/admin/structures',
          {},
          { headers: { 'idempotency-key': `"${inHeader(text)}` } },
        ),
    ],
    [
      'a bearer token',
      LONG,
      (text) => get('/api/admin/accounts', { authorization: `Bearer ${inHeader(text)}` }),
    ],
    [
      'the header of a JWT',
      4_000,
      (text) =>
        get('/api/admin/accounts', {
          authorization: `Bearer ${base64(`{"alg":"RS256","kid":${JSON.stringify(text)}`)}.e30.aaaa`,
        }),
    ],
    ['a user name', 60_000, (text) => post('/api/sign-in/password', { username: text, password: 'x' })],
    ['a code', 60_000, (text) => post('/api/sign-in/code', { code: text })],
    ['a telephone number', 60_000, (text) => browser.put('/api/account/phone', { phoneNumber: text })],
    ['a mail address', 60_000, (text) => browser.put('/api/account/email', { email: text })],
    [
      'the answer of a passkey',
      30_000,
      (text) =>
        passkey({
          clientDataJSON: base64(text),
          authenticatorData: base64(text.slice(0, 9_000)),
          signature: 'aaaa',
        }),
    ],
    [
      'a file of accounts',
      60_000,
      (text) =>
        administrator.send('POST', '/api/admin/accounts/import', undefined, {
          raw: text,
          headers: { 'content-type': 'text/csv' },
        }),
    ],
    [
      'JSON',
      60_000,
      (text) => stage.visitor().send('POST', '/api/sign-in/code', undefined, { raw: `{"${text}` }),
    ],
    ['a URL that a proxy tells', LONG, (text) => proxied({ 'x-forwarded-uri': `/${inUrl(text)}` })],
    ['a host that a proxy tells', LONG, (text) => proxied({ 'x-forwarded-host': inHeader(text) })],
    ['Accept behind a proxy', LONG, (text) => proxied({ accept: inHeader(text) })],
    [
      'a URL that nginx tells',
      LONG,
      (text) =>
        get('/api/gate/auth-request', { 'x-original-url': inHeader(text), 'x-original-method': 'GET' }),
    ],
    [
      'a short filter of a directory',
      80,
      (text) => directory(`Users?filter=${encodeURIComponent(`userName eq "${text}`)}`),
    ],
    [
      'a long filter of a directory',
      3_000,
      (text) => directory(`Users?filter=${encodeURIComponent(`userName eq "${text}`)}`),
    ],
    [
      'attributes for a directory',
      5_000,
      (text) => directory(`Users?attributes=${inUrl(text)}&sortBy=${inUrl(text)}`),
    ],
    ['a short path of a directory', 80, (text) => change({ path: `emails[${text}`, value: 'x' })],
    ['a long path of a directory', 25_000, (text) => change({ path: text, value: 'x' })],
    ['a value of a directory', 25_000, (text) => change({ path: 'displayName', value: text })],
    ['a request of an application', LONG, (text) => get(`/oidc/authorize?client_id=x&scope=${inUrl(text)}`)],
    [
      'a form of an application',
      60_000,
      (text) => stage.visitor().send('POST', '/oidc/token', undefined, form(text)),
    ],
  ])('as %s is answered in under 50 ms of the processor', async (_, length, send) => {
    const slow: string[] = [];
    for (const text of endlessTexts(SEED, TEXTS, length)) {
      const spent = await leastMs(() => send(text));
      if (spent >= MOST_MS) slow.push(`${Math.round(spent)} ms: ${text.slice(0, 20)}…${text.slice(-5)}`);
    }
    expect(slow).toEqual([]);
  });

  /** What else the server does at that moment is no part of it: a text that is slow is slow each time. */
  async function leastMs(send: () => Promise<Answer>): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 3 && least >= MOST_MS; turn++) {
      const before = await stage.server.processorMs();
      expect((await send()).status).toBeLessThan(500);
      least = Math.min(least, (await stage.server.processorMs()) - before);
    }
    return least;
  }
});

describe('what is no request', () => {
  it.each([
    [
      'headers over 16 KiB',
      `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${SECRET}${'a'.repeat(20_000)}\r\n\r\n`,
      431,
      'headers.too-large',
    ],
    ['a first line that is none', `${SECRET} do-not-repeat-me\r\n\r\n`, 400, 'request.malformed'],
    [
      'a method that is none',
      `HELLO /do-not-repeat-me HTTP/1.1\r\nhost: x\r\n\r\n`,
      400,
      'request.malformed',
    ],
    [
      'a line feed in a header',
      `GET / HTTP/1.1\r\nhost: x\r\nx\n${SECRET}\r\n\r\n`,
      400,
      'request.malformed',
    ],
    [
      'two lengths',
      `POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab`,
      400,
      'request.malformed',
    ],
  ])('is refused in the words of the house: %s', async (_what, text, status, code) => {
    const { head, body } = await said(text);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json; charset=utf-8');
    expect(head).toContain('cache-control: no-store');
    expect(head).toContain('x-content-type-options: nosniff');
    const problem = JSON.parse(body) as Record<string, string>;
    expect(problem).toMatchObject({ type: `urn:portillon:error:${code}`, status, code });
    expect(problem['detail']).toMatch(/\.$/);
    expect(head).toContain(`x-request-id: ${problem['requestId']}`);
    expect(Object.keys(problem).sort()).toEqual(['code', 'detail', 'requestId', 'status', 'title', 'type']);
    expect(body + head).not.toMatch(/do-not-repeat-me|HPE_|fastify|node/i);
  });

  it('leaves the server well', async () => {
    await said('\0\0\0\r\n\r\n');
    expect((await stage.visitor().get('/health/live')).status).toBe(200);
  });

  /** All that the server answers to these bytes before it hangs up. */
  async function said(text: string): Promise<{ head: string; body: string }> {
    const { hostname, port } = new URL(stage.server.url);
    const socket = connect(Number(port), hostname);
    socket.write(text);
    const pieces: Buffer[] = [];
    for await (const piece of socket) pieces.push(piece as Buffer);
    const [head = '', body = ''] = Buffer.concat(pieces).toString().split('\r\n\r\n');
    return { head, body };
  }
});

/** A user name is compared by what it means (NFKC), and a code by its digits: others of the same value are no attack. */
function attacksOn(field: string, right: string): string[] {
  const arabic = (text: string) =>
    text.replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660));
  const means = (text: string) => {
    if (field === 'username') return text.normalize('NFKC');
    // Mathematical digits are on no keyboard.
    return field === 'code' && !/[\u{1d7ce}-\u{1d7ff}]/u.test(text) ? arabic(text.normalize('NFKC')) : text;
  };
  return hostileStrings(right).filter((text) => means(text) !== right);
}

/** Anything but a refusal of the client. */
function offence(name: string, answer: Answer): string[] {
  return answer.status >= 400 && answer.status < 500 ? [] : [`${name}: ${answer.outcome}`];
}
