import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { AddressInfo, createServer, Server as NetServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import type { Answer } from '../harness/people/answer.types';
import { readinessOnce } from '../harness/server/readiness';
import { registerApplication } from '../harness/applications/relying-party';
import { Environment } from '../harness/server/server';
import { useStage } from '../harness/server/stage';

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
    Object.assign(new URL(stage.databaseUrl), changes).href;

  it('report that the database does not answer, and the doctor continues with the relay', async () => {
    const away = { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1:1/portillon` };
    const found = await examined({ ...away, SMTP_URL: 'smtp://127.0.0.1:1' });
    expect(found).toMatch(/^FAIL\s+database\s+does not answer: check DATABASE_URL: nothing listens/m);
    expect(found).toMatch(/^FAIL\s+mail\s+does not answer: check SMTP_URL: nothing listens/m);
    expect(await refused(away)).toMatch(/^Portillon cannot start.*check DATABASE_URL: nothing listens/m);
  });

  it('report that the replica of the reports does not answer; commands continue', async () => {
    const away = { DATABASE_REPLICA_URL: `mysql://root:${SECRET}@127.0.0.1:1/portillon` };
    const found = await examined(away);
    expect(found).toMatch(/^FAIL\s+replica\s+does not answer: check DATABASE_REPLICA_URL: nothing listens/m);
    expect((await stage.command(['account', 'list'], '', away)).code).toBe(0);
  });

  it('are printed in JSON too: each finding, and what to do', async () => {
    const away = { DATABASE_URL: `mysql://root:${SECRET}@127.0.0.1:1/portillon` };
    const { code, stdout } = await stage.command(['doctor', '--json'], '', away);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        { id: 'settings', status: 'ok', sentence: 'read and complete', advice: null },
        {
          id: 'database',
          status: 'fail',
          sentence: 'does not answer',
          advice: 'check DATABASE_URL: nothing listens at its address',
        },
        { id: 'mail', status: 'ok', sentence: expect.stringMatching(/^answers in \d+ ms$/), advice: null },
      ],
    });
  });

  const onMariadb = process.env['PORTILLON_TEST_MARIADB_PORT'] ? it : it.skip;

  onMariadb('say that the database refuses the password, and that it does not exist', async () => {
    const wrong = { DATABASE_URL: database({ username: 'nobody', password: SECRET }) };
    expect(await refused(wrong)).toMatch(
      /^Portillon cannot start.*DATABASE_URL: its user or password is refused/m,
    );
    expect(await examined({ DATABASE_URL: database({ pathname: '/nowhere' }) })).toMatch(
      /^FAIL\s+database\s+.*DATABASE_URL: the server has no database of that name/m,
    );
  });

  describe('name every dependency that fails, the doctor at once:', () => {
    let found: string;

    beforeAll(async () => {
      await registerApplication(stage, { backchannelLogoutUri: 'http://127.0.0.1:1/logout' });
      const relay = await saying('220 ready', '250-relay\r\n250 AUTH LOGIN PLAIN', '535 no');
      const redis = await saying('', '-WRONGPASS invalid username-password pair');
      const relays = [
        stage.environment['SMTP_URL']!,
        'smtp://127.0.0.1:1',
        `smtp://portillon:${SECRET}@${relay}`,
        `smtps://${await signedByItself()}`,
      ];
      found = await examined({
        PUBLIC_URL: 'http://127.0.0.1:2',
        SMTP_URL: relays.join(','),
        REDIS_URL: `redis://:${SECRET}@${redis}`,
        PSC_DISCOVERY_URL: `https://${await signedByItself()}/.well-known/wallet-openid-configuration`,
        PSC_CLIENT_ID: 'portillon',
        PSC_CLIENT_SECRET: SECRET,
        TLS_CERT_FILE: join(folder, 'cert.pem'),
        TLS_KEY_FILE: join(folder, 'key.pem'),
      });
    }, 60_000);

    it.each([
      ['none that works', /^ok\s+mail\s+relay 1 answers/m],
      ['a relay that is away', /^FAIL\s+mail\s+relay 2 does not answer: check SMTP_URL: nothing listens/m],
      [
        'a relay that refuses the password',
        /^FAIL\s+mail\s+relay 3 cannot be used: check SMTP_URL: its user or password is refused/m,
      ],
      [
        'a relay whose certificate no authority signed',
        /^FAIL\s+mail\s+relay 4 cannot be used: check NODE_EXTRA_CA_CERTS: the certificate of the server is signed by no authority/m,
      ],
      [
        'a Redis that refuses the password',
        /^FAIL\s+redis\s+cannot be used: check REDIS_URL: its user or password is refused/m,
      ],
      [
        'a provider whose certificate no authority signed',
        /^FAIL\s+psc\s+does not answer \(the certificate of the server is signed by no.*check PSC_DISCOVERY_URL/m,
      ],
      [
        'an address of its own that is another’s',
        /^FAIL\s+issuer\s+does not answer: check PUBLIC_URL: nothing listens/m,
      ],
      [
        'an application that does not hear of sign-outs',
        /^FAIL\s+sign-out\s+Orientation \w+ does not answer at http:\/\/127\.0\.0\.1:1 \(url-refused\)/m,
      ],
      [
        'a certificate before it ends',
        /^FAIL\s+expiry\s+TLS_CERT_FILE: localhost is good until \d{4}-\d\d-\d\d/m,
      ],
    ])('%s', (_what, line) => expect(found).toMatch(line));
  });

  it('name the files that are of no use', async () => {
    const psc = { PSC_DISCOVERY_URL: 'https://psc.test/.well-known/x', PSC_CLIENT_ID: 'portillon' };
    const cards = { CPX_CRL_FILES: '/crl', CPX_PROXY_SECRET: 'x'.repeat(16), TRUSTED_PROXIES: '127.0.0.1' };
    const files = {
      PSC_CLIENT_CERT: '/nowhere/cert.pem',
      PSC_CLIENT_KEY: __filename,
      CPX_TRUST_FILE: join(folder, 'cert.pem'),
    };
    const output = await refused({ ...psc, ...cards, ...files });
    expect(output).toMatch(/^- PSC_CLIENT_CERT /m);
    expect(output).toMatch(/^- CPX_TRUST_FILE cannot serve/m);
  });

  onMariadb('are not needed to see that the clocks of an instance and of the database part', async () => {
    const readinessWithClock = async (state: string) => {
      const isSo = ({ body }: Answer) => body.checks.clock.status === state;
      return (await readinessOnce(stage.visitor(), isSo)).body.status;
    };
    expect(await readinessWithClock('up')).toBe('ready');
    await stage.server.advance(3_000);
    expect(await readinessWithClock('down')).toBe('ready');
    await stage.server.advance(30_000);
    await readinessOnce(stage.visitor(), ({ status }) => status === 503);
  });
});
