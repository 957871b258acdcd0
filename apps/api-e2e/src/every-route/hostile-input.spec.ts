import { connect } from 'node:net';
import { attacksOn, hostileBodies, hostileStrings } from '../harness/people/hostile';
import type { Person } from '../harness/people/person';
import { readinessOnce } from '../harness/server/readiness';
import { useStage } from '../harness/server/stage';
import type { Answer } from '../harness/people/answer.types';
import type { Visitor } from '../harness/people/visitor';

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
  /** Free text, where no value is wrong: hostile input can only be refused when it is malformed. */
  strings: string[];
}

const SECRET = 'portillon_session=do-not-repeat-me';

const stage = useStage();

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
    const errors = stage.server.log.filter((line) => Number(line['level']) >= 50);
    expect(errors.filter((line) => line['route'] !== '/health/ready')).toEqual([]);
  });
});

describe('malformed requests', () => {
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
  ])('is refused with a documented problem: %s', async (_what, text, status, code) => {
    const { head, body } = await said(text);
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('content-type: application/problem+json; charset=utf-8');
    expect(head).toContain('cache-control: no-store');
    expect(head).toContain('x-content-type-options: nosniff');
    const problem = JSON.parse(body) as Record<string, string>;
    expect(problem).toMatchObject({ type: `/api/errors/${code}`, status, code });
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

/** Anything but a refusal of the client. */
function offence(name: string, answer: Answer): string[] {
  return answer.status >= 400 && answer.status < 500 ? [] : [`${name}: ${answer.outcome}`];
}
