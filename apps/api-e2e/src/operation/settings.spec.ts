import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Environment, runCommand, Server } from '../harness/server/server';
import { useStage } from '../harness/server/stage';

const SECRET = 'value-that-nobody-may-read';
const KEY = Buffer.alloc(32, 7).toString('base64');

describe('settings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-settings-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const complete = {
    DATABASE_URL: join(folder, 'portillon.db'),
    SECRET_KEYS: `one:${KEY}`,
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Portillon <portillon@portillon.test>',
    OPS_PORT: '0',
  };
  const start = (environment: Environment) => runCommand(folder, ['serve'], { ...complete, ...environment });

  it('that are wrong are all named at once, each without its value', async () => {
    const wrong = {
      PORT: SECRET,
      OPS_PORT: '70000',
      PUBLIC_URL: `ftp://${SECRET}`,
      DATABASE_URL: `postgres://root:${SECRET}@127.0.0.1/x`,
      SECRET_KEYS: SECRET,
      SMTP_URL: `http://user:${SECRET}@127.0.0.1`,
      TWILIO_ACCOUNT_SID: `AC${'0'.repeat(32)}`,
      TWILIO_API_URL: SECRET,
      TLS_CERT_FILE: `/${SECRET}`,
      CODE_WINDOW_HOURS: '25',
      CODE_WINDOW_SCOPE: SECRET,
      SESSION_IDLE_MINUTES: '31',
      SESSION_MAX_HOURS: '4.5',
      SMS_DAILY_BUDGET: '-1',
      TRUSTED_PROXIES: SECRET,
      LOG_LEVEL: SECRET,
      LOG_FORMAT: SECRET,
      REDIS_URL: `https://:${SECRET}@127.0.0.1`,
    };
    const { code, output } = await start({ ...wrong, MAIL_FROM: ' ' });
    expect(code).toBe(1);
    const named = [...Object.keys(wrong), 'MAIL_FROM', 'TWILIO_AUTH_TOKEN', 'TWILIO_FROM', 'TLS_KEY_FILE'];
    const silent = ['TWILIO_ACCOUNT_SID', 'TLS_CERT_FILE'];
    for (const name of named.filter((one) => !silent.includes(one)))
      expect(output).toMatch(new RegExp(`^- ${name} `, 'm'));
    expect(output).not.toContain(SECRET);
    expect(output).not.toMatch(/at .*\.cjs:\d+/);
  });

  it.each<[string, Environment]>([
    ['HOST', { HOST: 'nowhere.invalid' }],
    ['DATABASE_URL', { DATABASE_URL: folder }],
    ['DATABASE_URL', { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1:1/portillon` }],
  ])('name %s when nothing can be served with it, without a stack or a secret', async (name, environment) => {
    const { code, output } = await start(environment);
    expect(code).toBe(1);
    expect(output).toContain(name);
    expect(output).not.toContain(SECRET);
    expect(output).not.toContain(KEY);
    expect(output).not.toMatch(/^\s+at /m);
  });

  describe('in production', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://portillon.test' };

    it('refuse the demo and typos: no value is generated or defaulted', async () => {
      const typo = { NODE_ENV: 'Production', DATABASE_URL: join(folder, 'of-the-operator.db') };
      const { code, output } = await runCommand(folder, ['serve'], typo);
      expect(code).toBe(1);
      for (const name of ['NODE_ENV', 'PUBLIC_URL', 'SECRET_KEYS', 'SMTP_URL', 'MAIL_FROM'])
        expect(output).toContain(`- ${name} `);
      expect(output).not.toContain('Password:');
    });

    it('refuse a database in which people of the demo could still sign in, until they are closed', async () => {
      const database = { DATABASE_URL: join(folder, 'once-a-demo.db') };
      await (await Server.start(folder, { ...database })).stop();
      const { code, output } = await start({ ...production, ...database });
      expect(code).toBe(1);
      expect(output).toMatch(/DATABASE_URL.*claire\.martin, nadia\.benali, paul\.durand, support\.national/);
      await runCommand(folder, ['account', 'deactivate', 'claire.martin'], { ...complete, ...database });
      const again = await start({ ...production, ...database });
      expect(again.output).toMatch(/DATABASE_URL.*: nadia\.benali, paul\.durand, support\.national/);
    }, 120_000);

    describe('a server that runs', () => {
      const environment = {
        ...complete,
        ...production,
        DATABASE_URL: join(folder, 'of-production.db'),
        LOG_FORMAT: '',
        LOG_LEVEL: 'info',
        PASSKEY: SECRET,
        SECURITY_CONTACT: 'securite@sante.example',
      };
      let server: Server;
      const ask = (path: string) =>
        fetch(`${server.url}${path}`, {
          headers: { 'x-forwarded-proto': 'https' },
          redirect: 'manual',
        });

      beforeAll(async () => {
        await runCommand(folder, ['migrate'], environment);
        server = await Server.start(folder, environment);
      });
      afterAll(() => server.stop());

      it('writes JSON lines only, for its own messages and for those of libraries and Node', async () => {
        expect((await ask('/.well-known/openid-configuration')).status).toBe(200);
        expect(server.lines.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
        expect(server.log).toContainEqual(
          expect.objectContaining({ msg: expect.stringMatching(/is ready/) }),
        );
      });

      it('warns of a setting that is misspelt, without its value, as the doctor does', async () => {
        const warning = 'PASSKEY is no setting: is PASSKEYS meant?';
        const { output } = await runCommand(folder, ['doctor'], environment);
        expect(output).toMatch(/^warn {2}settings {3}PASSKEY is no setting: is PASSKEYS meant\?$/m);
        expect(output).not.toContain(SECRET);
        expect(server.log).toContainEqual(expect.objectContaining({ level: 40, msg: warning }));
        expect(server.lines.join()).not.toContain(SECRET);
      });

      it.each(['/api/docs', '/api/docs/start.js', '/api/docs/assets/swagger-ui.css', '/api/openapi.json'])(
        'does not show strangers %s',
        async (path) => expect((await ask(path)).status).toBe(404),
      );

      it('publishes where to report weaknesses, and redirects to the page that changes a password', async () => {
        const text = await ask('/.well-known/security.txt');
        expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
        expect(await text.text()).toMatch(/^Contact: mailto:securite@sante\.example\nExpires: /);
        const page = await ask('/.well-known/change-password');
        expect([page.status, page.headers.get('location')]).toEqual([303, '/mon-compte']);
      });
    });

    it('say in one JSON line why a server does not start', async () => {
      const { output } = await runCommand(folder, ['serve'], {
        ...complete,
        ...production,
        LOG_FORMAT: '',
        PORT: 'x',
      });
      expect(
        output
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      ).toEqual([
        expect.objectContaining({ level: 50, msg: expect.stringMatching(/cannot start.*\n- PORT /) }),
      ]);
    });

    it('do not let the server migrate automatically', async () => {
      const { code, output } = await start({ ...production, DATABASE_URL: join(folder, 'empty.db') });
      expect(code).toBe(1);
      expect(output).toContain('portillon migrate');
    });
  });
});

describe('a window of no hours', () => {
  const stage = useStage({ environment: { CODE_WINDOW_HOURS: '0' } });

  it('asks for a code at each sign-in, in the same browser too', async () => {
    const claire = await stage.person();
    const browser = stage.visitor();
    await claire.signIn(browser);
    expect((await browser.get('/api/session')).outcome).toBe('200');
    expect((await claire.givePassword(browser)).body.status).toBe('code-required');
    expect((await browser.get('/api/service')).body.codeWindowHours).toBe(0);
  });
});

describe('a window for the account', () => {
  const stage = useStage({ environment: { CODE_WINDOW_SCOPE: 'account' } });

  it('lets a code given in one browser hold in another, and in no other person’s', async () => {
    const claire = await stage.person();
    const paul = await stage.person();
    await claire.signIn(stage.visitor());
    const elsewhere = stage.visitor();
    expect((await claire.givePassword(elsewhere)).body.status).toBe('signed-in');
    expect((await elsewhere.get('/api/session')).outcome).toBe('200');
    expect((await paul.givePassword(elsewhere)).body.status).toBe('code-required');
  });
});
