import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { AddressInfo, createServer, Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { Environment } from './harness/server';
import { useStage } from './harness/stage';

const SECRET = 'hunter2';

describe('the doctor, and a start that fails', () => {
  const stage = useStage();
  const folder = mkdtempSync(join(tmpdir(), 'portillon-doctor-'));
  const servers: NetServer[] = [];

  beforeAll(() => {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...args, '-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')], {
      stdio: 'pipe',
    });
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  async function listening(server: NetServer): Promise<string> {
    servers.push(server.unref());
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return `localhost:${(server.address() as AddressInfo).port}`;
  }

  const signedByItself = () =>
    listening(
      createTlsServer({
        cert: readFileSync(join(folder, 'cert.pem')),
        key: readFileSync(join(folder, 'key.pem')),
      }).on('tlsClientError', () => undefined),
    );

  /** Answers each line of a client with the next of these. */
  const saying = (greeting: string, ...answers: string[]) =>
    listening(
      createServer((socket) => {
        let turn = 0;
        socket.on('error', () => undefined);
        if (greeting) socket.write(`${greeting}\r\n`);
        socket.on('data', () => socket.write(`${answers[turn++] ?? answers.at(-1)}\r\n`));
      }),
    );

  const examined = async (environment: Environment) => {
    const { code, output } = await stage.command(['doctor'], '', environment);
    expect(code).toBe(1);
    expect(output).not.toContain(SECRET);
    expect(output).not.toMatch(/^\s+at /m);
    return output;
  };
  const refused = async (environment: Environment) => {
    const { code, output } = await stage.command(['account', 'list'], '', environment);
    expect(code).toBe(1);
    expect(output).not.toContain(SECRET);
    expect(output).not.toMatch(/\bat .+:\d+|\bstack\b/);
    return output;
  };
  const database = (changes: Partial<Record<'password' | 'pathname' | 'username', string>>) =>
    Object.assign(new URL(stage.environment['DATABASE_URL']!), changes).href;

  it('say that nothing listens where the database should be', async () => {
    const away = { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1:1/portillon` };
    expect(await examined(away)).toMatch(
      /^FAIL\s+database\s+does not answer: check DATABASE_URL: nothing listens/m,
    );
    expect(await refused(away)).toMatch(/^Portillon cannot start.*check DATABASE_URL: nothing listens/m);
  });

  const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? it : it.skip;

  onMariadb('say that the database refuses the password, and that it does not exist', async () => {
    const wrong = { DATABASE_URL: database({ username: 'nobody', password: SECRET }) };
    expect(await examined(wrong)).toMatch(
      /^FAIL\s+database\s+.*DATABASE_URL: its user or password is refused/m,
    );
    expect(await refused(wrong)).toMatch(
      /^Portillon cannot start.*DATABASE_URL: its user or password is refused/m,
    );
    const missing = { DATABASE_URL: database({ pathname: '/nowhere' }) };
    expect(await refused(missing)).toMatch(/DATABASE_URL: the server has no database of that name/);
  });

  it('go on to the relay without a database', async () => {
    const away = { DATABASE_URL: 'mysql://root@127.0.0.1:1/portillon', SMTP_URL: 'smtp://127.0.0.1:1' };
    expect(await examined(away)).toMatch(/^FAIL\s+mail\s+does not answer: check SMTP_URL: nothing listens/m);
  });

  it('name a relay that refuses the password, and one whose certificate nobody signed', async () => {
    const relay = await saying('220 ready', '250-relay\r\n250 AUTH LOGIN PLAIN', '535 no');
    expect(await examined({ SMTP_URL: `smtp://portillon:${SECRET}@${relay}` })).toMatch(
      /^FAIL\s+mail\s+cannot be used: check SMTP_URL: its user or password is refused/m,
    );
    expect(await examined({ SMTP_URL: `smtps://${await signedByItself()}` })).toMatch(
      /^FAIL\s+mail\s+cannot be used: check NODE_EXTRA_CA_CERTS: the certificate of the server is signed by no authority/m,
    );
  });

  it('name the relay that fails among several', async () => {
    const output = await examined({ SMTP_URL: `${stage.environment['SMTP_URL']},smtp://127.0.0.1:1` });
    expect(output).toMatch(/^ok\s+mail\s+relay 1 answers/m);
    expect(output).toMatch(/^FAIL\s+mail\s+relay 2 does not answer/m);
  });

  it('name a Redis that is away, and one that refuses the password', async () => {
    expect(await examined({ REDIS_URL: `redis://:${SECRET}@127.0.0.1:1` })).toMatch(
      /^FAIL\s+redis\s+does not answer: check REDIS_URL: nothing listens.*the database counts/m,
    );
    const redis = await saying('', '-WRONGPASS invalid username-password pair');
    expect(await examined({ REDIS_URL: `redis://:${SECRET}@${redis}` })).toMatch(
      /^FAIL\s+redis\s+cannot be used: check REDIS_URL: its user or password is refused/m,
    );
  });

  it('name a provider whose certificate nobody signed', async () => {
    const psc = {
      PSC_DISCOVERY_URL: `https://${await signedByItself()}/.well-known/wallet-openid-configuration`,
      PSC_CLIENT_ID: 'portillon',
      PSC_CLIENT_SECRET: SECRET,
    };
    expect(await examined(psc)).toMatch(
      /^FAIL\s+psc\s+does not answer \(the certificate of the server is signed by no/m,
    );
  });

  it.each<[string, Environment]>([
    ['PSC_CLIENT_CERT', { PSC_CLIENT_CERT: '/nowhere/cert.pem', PSC_CLIENT_KEY: __filename }],
    ['PSC_CLIENT_CERT', { PSC_CLIENT_CERT: __filename, PSC_CLIENT_KEY: __filename }],
  ])('name %s when its file is of no use', async (name, files) => {
    const psc = { PSC_DISCOVERY_URL: 'https://psc.test/.well-known/x', PSC_CLIENT_ID: 'portillon', ...files };
    expect(await refused(psc)).toMatch(new RegExp(`^- ${name} `, 'm'));
  });

  it('name the authorities of the cards when they are none', async () => {
    const cards = {
      CPX_TRUST_FILE: join(folder, 'cert.pem'),
      CPX_CRL_FILES: '/crl',
      CPX_PROXY_SECRET: 'x'.repeat(16),
    };
    expect(await refused({ ...cards, TRUSTED_PROXIES: '127.0.0.1' })).toMatch(
      /^- CPX_TRUST_FILE cannot serve/m,
    );
  });

  it('tell of a certificate before it ends', async () => {
    const files = { TLS_CERT_FILE: join(folder, 'cert.pem'), TLS_KEY_FILE: join(folder, 'key.pem') };
    expect(await examined(files)).toMatch(
      /^FAIL\s+expiry\s+TLS_CERT_FILE: localhost is good until \d{4}-\d\d-\d\d/m,
    );
  });

  onMariadb('are not needed to see that the clocks of an instance and of the database part', async () => {
    const clock = async () => (await stage.visitor().get('/health/ready')).body;
    expect(await clock()).toMatchObject({ status: 'ready', checks: { clock: { status: 'up' } } });
    await stage.server.advance(30_000);
    expect(await clock()).toMatchObject({ status: 'ready', checks: { clock: { status: 'down' } } });
  });
});
