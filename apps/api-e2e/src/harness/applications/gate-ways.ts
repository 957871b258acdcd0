import { APP_ORIGIN, AppAnswer, EchoApplication, GatedBrowser, setGateRules } from './gated-application';
import { forgedHeadersThatPass } from './forged-headers';
import { RelyingParty } from './relying-party';
import { ReverseProxy } from '../services/reverse-proxy';
import { Stage } from '../server/stage';

/** The addresses of a page of the guide, and where they are in a test. */
export interface Upstreams {
  application: readonly [string, string];
  portillon: readonly [string, string];
  /** How long the proxy waits for the gate. */
  timeoutMs: number;
}

const RULES = [
  { paths: ['/health'], access: 'public' },
  { paths: ['/admin'], roles: ['structure-admin'] },
  { paths: ['/prescriptions'], acr: 'eidas3' },
  { paths: ['/recent'], maxAgeSeconds: 300 },
  { paths: ['/'] },
];
/** By which frameworks let a request be another one than the rules were asked about. */
const OVERRIDES = {
  'x-http-method-override': 'DELETE',
  'x-method-override': 'DELETE',
  'x-http-method': 'DELETE',
  'x-original-url': '/admin',
  'x-rewrite-url': '/admin',
};
/** The host and the address that a client claims. */
const CLAIMED = {
  'x-forwarded-host': 'evil.test',
  'x-forwarded-proto': 'evil',
  'x-forwarded-port': '666',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-server': 'evil.test',
  'x-forwarded-for': '203.0.113.66',
  'x-real-ip': '203.0.113.66',
  forwarded: 'for=203.0.113.66;host=evil.test;proto=evil',
};
const ASSERTION: unknown = expect.stringMatching(/^e.*\..+\..+$/);
const FORGED = {
  'remote-user': 'admin',
  'remote-groups': 'national-admin',
  'remote-name': 'Admin',
  'remote-email': 'admin@evil.example',
  'remote-structure': 'evil',
  'portillon-assertion': 'e30.e30.e30',
};

/**
 * The tests that every proxy before the application must pass. `start`: starts one with its configuration of the guide.
 */
export function describeGate(start: (proxy: ReverseProxy, upstreams: Upstreams) => Promise<void>): void {
  const stage = new Stage({ environment: { GATE_PROXIES: '127.0.0.1' } });
  const application = new EchoApplication();
  const proxy = new ReverseProxy();
  let id: string;
  let applicationPort: number;

  beforeAll(async () => {
    await stage.open();
    applicationPort = await application.start();
    await start(proxy, {
      application: ['application:8080', `127.0.0.1:${applicationPort}`],
      portillon: ['portillon:3000', `127.0.0.1:${stage.server.port}`],
      timeoutMs: 20_000,
    });
    const redirectUris = [`${APP_ORIGIN}/.portillon/callback`];
    const party = await RelyingParty.register(stage, {
      kind: 'gate',
      redirectUris,
      authMethod: 'none',
      claimMail: true,
    });
    id = party.id;
    await setGateRules(stage, id, RULES);
  }, 60_000);
  afterAll(async () => {
    await proxy.stop();
    await application.stop();
    await stage.close();
  }, 20_000);

  const browser = () => new GatedBrowser(proxy.port, stage.visitor());
  const seen = (answer: AppAnswer) =>
    JSON.parse(answer.text) as { url: string; headers: Record<string, string> };

  /** A person who is signed in to Portillon and to no application yet. */
  async function signedIn() {
    const person = await stage.person();
    const mine = browser();
    await person.signIn(mine.portillon);
    return { person, mine };
  }

  it('forwards only requests that a rule allows', async () => {
    const stranger = browser();
    expect(seen(await stranger.ask('GET', '/health')).headers['remote-user']).toBe('-');
    const page = await stranger.open(`${APP_ORIGIN}/dossiers`);
    expect(page.url).toMatch(/^http:\/\/portillon\.test\/\?request=/);
    const program = await stranger.ask('GET', '/dossiers', {
      accept: 'application/json',
      'sec-fetch-mode': 'cors',
    });
    expect([program.status, program.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    expect(program.headers.location).toBeUndefined();
  });

  it('signs a person in and brings them back to where they wanted to go', async () => {
    const person = await stage.person();
    const mine = browser();
    const page = await mine.open(`${APP_ORIGIN}/dossiers?nom=Martin`);
    await person.signIn(mine.portillon);
    const uid = new URL(page.url).searchParams.get('request')!;
    const { body } = await mine.portillon.post(`/api/oidc/interactions/${uid}/complete`, {});
    const back = await mine.open(body.redirectTo as string);
    expect(back.url).toBe(`${APP_ORIGIN}/dossiers?nom=Martin`);
    expect(seen(back)).toMatchObject({
      url: '/dossiers?nom=Martin',
      headers: { 'remote-user': person.id, 'remote-email': person.email, 'remote-name': person.displayName },
    });
    const [, claims] = seen(back).headers['portillon-assertion']!.split('.');
    expect(JSON.parse(Buffer.from(claims!, 'base64url').toString())).toMatchObject({
      iss: 'http://portillon.test',
      aud: id,
      sub: person.id,
      acr: 'eidas1',
    });
    expect([...mine.cookies.keys()]).toEqual(['portillon_gate']);
    const tokens =
      "SELECT COUNT(*) AS kept FROM openidArtifact WHERE model IN ('AccessToken', 'RefreshToken')";
    expect(Number((await stage.database.row<{ kept: number }>(tokens))!.kept)).toBe(0);
  });

  it('admits a user who is signed in to Portillon without another sign-in', async () => {
    const { person, mine } = await signedIn();
    const back = await mine.open(`${APP_ORIGIN}/`);
    expect(seen(back).headers['remote-user']).toBe(person.id);
  });

  it('requires more where a path does, and refuses users who may not open it', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    const strong = await mine.open(`${APP_ORIGIN}/prescriptions/12`);
    expect(strong.url).toMatch(/^http:\/\/portillon\.test\//);
    const refused = await mine.open(`${APP_ORIGIN}/admin`);
    expect([
      refused.status,
      refused.text.includes('Accès refusé'),
      refused.text.includes('Access denied'),
    ]).toEqual([403, true, true]);
    expect(refused.headers['content-type']).toMatch(/^text\/html\b/);
    expect((await mine.open(`${APP_ORIGIN}/recent`)).status).toBe(200);
    await stage.database.execute('UPDATE session SET authenticatedAt = ?', [
      new Date(Date.now() - 3_600_000),
    ]);
    expect((await mine.open(`${APP_ORIGIN}/recent`)).url).toMatch(/^http:\/\/portillon\.test\//);
    expect((await mine.open(`${APP_ORIGIN}/`)).status).toBe(200);
  });

  it('lets no header that the client writes itself reach the application', async () => {
    const { person, mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    const { headers } = seen(await mine.ask('GET', '/dossiers', FORGED));
    expect(headers).toMatchObject({
      'remote-user': person.id,
      'remote-groups': '-',
      'remote-email': person.email,
    });
    expect(headers['portillon-assertion']).not.toBe(FORGED['portillon-assertion']);
    const anonymous = seen(await browser().ask('GET', '/health', FORGED)).headers;
    for (const name of Object.keys(FORGED)) expect([name, anonymous[name]]).toEqual([name, '-']);
  });

  it('lets no forged header of identity or forwarding pass, with underscores neither', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    const stranger = browser();
    expect(await forgedHeadersThatPass((headers) => mine.ask('GET', '/dossiers', headers))).toEqual([]);
    expect(await forgedHeadersThatPass((headers) => stranger.ask('GET', '/health', headers))).toEqual([]);
  });

  it('believes no address that the client claims', async () => {
    const stranger = browser();
    const claims: Record<string, string | string[]>[] = [
      { 'x-forwarded-uri': '/health', 'x-original-url': `${APP_ORIGIN}/health`, 'x-forwarded-method': 'GET' },
      { 'x-forwarded-prefix': '/health', 'user-agent': 'kube-probe/1.30' },
      { 'x-original-url': [`${APP_ORIGIN}/health`, `${APP_ORIGIN}/health`] },
    ];
    for (const headers of claims) expect((await stranger.ask('GET', '/admin', headers)).status).not.toBe(200);
  });

  it('passes the application’s own host on, and no other', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    const { headers } = seen(await mine.ask('GET', '/dossiers', CLAIMED));
    expect(headers['host']).toBe(new URL(APP_ORIGIN).host);
    const told = Object.keys(CLAIMED).map((name) => headers[name]);
    expect(told.join(' ')).not.toMatch(/evil|203\.0\.113\.66|666/);
    for (const [path, host] of [
      ['/dossiers', 'evil.test'],
      ['/health', 'evil.test'],
      ['http://evil.test/health', 'evil.test'],
      ['http://evil.test/health', 'app.test'],
      [`${APP_ORIGIN}/health`, 'evil.test'],
    ] as const) {
      const answer = await mine.ask('GET', path, { host }).catch(() => undefined);
      const reached = answer?.text.startsWith('{"method"') ? seen(answer) : undefined;
      expect(`${reached?.url} ${reached?.headers['host']}`).not.toContain('evil');
      if (host === 'evil.test' && !path.startsWith(APP_ORIGIN))
        expect([path, reached]).toEqual([path, undefined]);
    }
  });

  it('forwards no header that changes the request', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    for (const [name, value] of Object.entries(OVERRIDES)) {
      const answer = await mine.ask('GET', '/dossiers', { [name]: value });
      const reached = answer.status === 200 ? seen(answer).headers : {};
      expect([name, reached[name]]).toEqual([name, undefined]);
    }
  });

  it('lets no client remove the identity headers by naming them in Connection', async () => {
    const { person, mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    for (const name of ['Remote-User', 'remote-groups', 'Portillon-Assertion']) {
      const answer = await mine.ask('GET', '/dossiers', { connection: `close, ${name}` });
      if (answer.status === 400 || answer.status === 403) continue;
      const { connection, ...reached } = seen(answer).headers;
      expect([name, reached['remote-user'], reached['remote-groups']]).toEqual([name, person.id, '-']);
      expect([name, reached['portillon-assertion']]).toEqual([name, ASSERTION]);
      // Envoy passes no Connection on.
      expect(['close', undefined]).toContain(connection);
    }
  });

  it('refuses requests while the gate hangs, without waiting for it', async () => {
    const hanging = new EchoApplication(() => undefined);
    const impatient = new ReverseProxy();
    await start(impatient, {
      application: ['application:8080', `127.0.0.1:${applicationPort}`],
      portillon: ['portillon:3000', `127.0.0.1:${await hanging.start()}`],
      timeoutMs: 100,
    });
    const { status } = await new GatedBrowser(impatient.port, stage.visitor()).ask('GET', '/dossiers');
    expect(status).toBeGreaterThanOrEqual(500);
    await impatient.stop();
    await hanging.stop();
  });

  it('passes no path on that two servers could read differently', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    for (const path of [
      '/health/../admin',
      '/health/%2e%2e/admin',
      '//admin',
      '/admin;x',
      '/%2561dmin',
      '/health%2f..%2fadmin',
      '/admin.',
      '/admin%20',
      '/admin::$DATA',
      '/ADMIN',
      '/%EF%BC%A1dmin',
      '/ad%C2%ADmin',
    ])
      expect([path, (await mine.ask('GET', path)).status]).not.toEqual([path, 200]);
    expect((await mine.ask('GET', '/%61dmin')).status).toBe(403);
    expect((await mine.ask('GET', '/health?/../admin')).status).toBe(200);
  });

  it('knows of a sign-out anywhere at the next request', async () => {
    const { mine } = await signedIn();
    await mine.open(`${APP_ORIGIN}/`);
    expect((await mine.ask('GET', '/dossiers')).status).toBe(200);
    await mine.portillon.delete('/api/session');
    expect((await mine.ask('GET', '/dossiers')).status).toBe(302);
  });

  it('accepts a completed sign-in once, in the browser where it began', async () => {
    const { mine } = await signedIn();
    const first = await mine.ask('GET', '/dossiers');
    const start = new URL(first.headers.location!);
    const toProvider = await mine.ask('GET', start.pathname + start.search);
    expect(toProvider.status).toBe(302);
    const { headers } = await mine.portillon.get(
      toProvider.headers.location!.slice('http://portillon.test'.length),
    );
    const callback = new URL(headers.location!);
    const back = callback.pathname + callback.search;
    expect((await browser().ask('GET', back)).status).toBe(400);
    expect((await mine.ask('GET', back)).headers.location).toBe(`${APP_ORIGIN}/dossiers`);
    expect((await mine.ask('GET', back)).status).toBe(400);
  });
}
