import { describeOnMariadb, ThrowAwayMariadb } from '@portillon/testing';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataSource } from './data-source';
import { COUNTER, CounterEntity } from './testing/counter';
import { DatabaseAuthorityService, ReportsDatabase } from './reports-database.service';

describeOnMariadb('the certificate of a replica', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-replica-'));
  const file = (name: string) => join(folder, name);
  let server: ThrowAwayMariadb;

  beforeAll(async () => {
    for (const name of ['server', 'other'])
      execFileSync(
        'openssl',
        [
          ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
          ...['-addext', 'subjectAltName=DNS:localhost', '-keyout', file(`${name}.key`), '-out', file(name)],
        ],
        { stdio: 'pipe' },
      );
    const args = [`--ssl-cert=${file('server')}`, `--ssl-key=${file('server.key')}`];
    server = await ThrowAwayMariadb.start({ args });
    await server.createDatabase('portillon');
    await server.query('CREATE TABLE portillon.counter (id varchar(36), hits int)');
  }, 30_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('is believed by the authorities that were renewed, before its first connection and after', async () => {
    const [authority, other] = ['server', 'other'].map((name) => readFileSync(file(name), 'utf8'));
    const url = server.url('portillon');
    const primary = await openDataSource({ url, parts: [] });
    const reports = new ReportsDatabase(primary, {
      url,
      replicaUrl: url.replace('127.0.0.1', 'localhost'),
      parts: [COUNTER],
      tls: { mode: 'verify', ca: other! },
    });
    const authorities = new DatabaseAuthorityService(primary, reports);
    const count = async () => (await reports.manager()).getRepository(CounterEntity).count();
    await expect(count()).rejects.toMatchObject({ code: 'HANDSHAKE_SSL_ERROR' });
    authorities.renew(authority!);
    expect(await count()).toBe(0);

    authorities.renew(other!);
    await server.kill();
    await server.restart();
    await expect(count()).rejects.toMatchObject({ code: expect.any(String) });
    await expect(count()).rejects.toMatchObject({ code: 'HANDSHAKE_SSL_ERROR' });
    await Promise.all([reports.onApplicationShutdown(), primary.destroy()]);
  }, 30_000);
});
