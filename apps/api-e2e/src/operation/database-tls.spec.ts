import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concurrently, ThrowAwayMariadb } from '@portillon/testing/servers';
import { readinessOnce } from '../harness/server/readiness';
import { Environment } from '../harness/server/server';
import { Stage } from '../harness/server/stage';

const onMariadb = ThrowAwayMariadb.available() ? describe : describe.skip;

/** An authority, and a certificate of it for localhost; another authority that signed nothing here. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  for (const name of ['ca', 'other-ca'])
    openssl('req', '-x509', ...key, '-subj', `/CN=${name}`, '-keyout', `${name}.key`, '-out', `${name}.pem`);
  for (const [ca, name] of [
    ['ca', 'server'],
    ['other-ca', 'next'],
  ])
    openssl(
      ...['req', '-x509', ...key, '-subj', '/CN=database', '-addext', 'subjectAltName=DNS:localhost'],
      ...['-CA', `${ca}.pem`, '-CAkey', `${ca}.key`, '-keyout', `${name}.key`, '-out', `${name}.pem`],
    );
}

onMariadb('a database whose account asks for TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-database-tls-'));
  let mariadb: ThrowAwayMariadb;
  let stage: Stage;
  let url: string;

  beforeAll(async () => {
    makeCertificates(folder);
    mariadb = await ThrowAwayMariadb.start({
      args: [`--ssl-cert=${folder}/server.pem`, `--ssl-key=${folder}/server.key`],
    });
    stage = new Stage({ mariadb });
    await stage.open();
    const name = new URL(stage.databaseUrl).pathname.slice(1);
    await mariadb.query(`GRANT ALL ON ${name}.* TO secure@'127.0.0.1' IDENTIFIED BY 'hunter2' REQUIRE SSL`);
    url = stage.databaseUrl.replace('root@127.0.0.1', 'secure:hunter2@localhost');
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await mariadb.stop();
    rmSync(folder, { recursive: true });
  });

  const list = (environment: Environment) =>
    stage.command(['account', 'list'], '', { DATABASE_URL: url, ...environment });

  it.each<[string, RegExp, Environment]>([
    ['in clear', /DATABASE_URL: its user or password is refused, or the account asks for TLS/, {}],
    [
      'with another authority’s',
      /check DATABASE_CA_FILE: the certificate of the server is signed by no/,
      { DATABASE_TLS: 'verify', DATABASE_CA_FILE: `${folder}/other-ca.pem` },
    ],
    ['with an authority that Node does not know', /check DATABASE_CA_FILE/, { DATABASE_TLS: 'verify' }],
  ])('is not used %s, and the setting is named', async (_, sentence, environment) => {
    const { code, output } = await list(environment);
    expect(code).toBe(1);
    expect(output).toMatch(sentence);
    expect(output).not.toMatch(/hunter2|^\s+at /m);
  });

  it('is used over TLS without checking the certificate, within the limit of connections', async () => {
    const server = await stage.anotherServer({
      DATABASE_URL: url,
      DATABASE_TLS: 'required',
      DATABASE_POOL_SIZE: '3',
    });
    await concurrently(24, () => stage.visitor().through(server.url).get('/health/ready'));
    const rows = (await mariadb.query('SHOW PROCESSLIST')) as { User: string }[];
    // The health check has a connection beside the pool.
    expect(rows.filter(({ User }) => User === 'secure')).toHaveLength(3 + 1);
    await server.stop();
  });

  it('is used over TLS with the server of this authority, and of the next one once SIGHUP had it read', async () => {
    const [ca, place] = [`${folder}/current-ca.pem`, (name: string) => `${folder}/${name}`];
    copyFileSync(place('ca.pem'), ca);
    const server = await stage.anotherServer({
      DATABASE_URL: url,
      DATABASE_TLS: 'verify',
      DATABASE_CA_FILE: ca,
      LOG_LEVEL: 'info',
    });
    const isReady = (wanted: number) =>
      readinessOnce(stage.visitor().through(server.url), ({ status }) => status === wanted);
    await isReady(200);

    for (const kind of ['pem', 'key']) copyFileSync(place(`next.${kind}`), place(`server.${kind}`));
    await mariadb.kill();
    await mariadb.restart();
    await isReady(503);

    copyFileSync(place('other-ca.pem'), ca);
    server.signal('SIGHUP');
    expect(await server.lineThat(({ msg }) => msg === 'DATABASE_CA_FILE was read again')).toBeDefined();
    await isReady(200);
    await server.stop();
  }, 60_000);
});
