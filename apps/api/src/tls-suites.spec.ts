import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { describeWithProgram } from '@portillon/testing';
import { restrictTls, TLS_1_2_SUITES } from './tls-suites';

const ROOT = join(__dirname, '../../..');
const NODES_OWN = { ciphers: tls.DEFAULT_CIPHERS, minVersion: tls.DEFAULT_MIN_VERSION };

describeWithProgram('openssl', 'the suites of TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-suites-'));
  const file = (name: string) => join(folder, name);
  let pair: { cert: Buffer; key: Buffer };

  beforeAll(() => {
    const subject = ['-nodes', '-days', '2', '-subj', '/CN=relay.example'];
    const made = ['-keyout', file('key.pem'), '-out', file('cert.pem')];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...made], { stdio: 'pipe' });
    pair = { cert: readFileSync(file('cert.pem')), key: readFileSync(file('key.pem')) };
    restrictTls();
  });
  afterAll(() => {
    tls.DEFAULT_CIPHERS = NODES_OWN.ciphers;
    tls.DEFAULT_MIN_VERSION = NODES_OWN.minVersion;
    rmSync(folder, { recursive: true });
  });

  /** What comes of a connection of ours to a relay or a database that offers one suite alone. */
  async function reach(ciphers: string): Promise<string> {
    const server = tls.createServer({ ...pair, ciphers, maxVersion: 'TLSv1.2' }).listen(0, '127.0.0.1');
    server.on('tlsClientError', () => undefined);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const socket = tls.connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    const outcome = await once(socket, 'secureConnect').then(
      () => 'connected',
      () => 'refused',
    );
    socket.destroy();
    server.close();
    return outcome;
  }

  it.each([
    ['AES128-SHA', 'refused'],
    ['AES256-GCM-SHA384', 'refused'],
    ['ECDHE-RSA-AES128-SHA', 'refused'],
    ['ECDHE-RSA-AES256-GCM-SHA384', 'connected'],
  ])('a relay or a database that offers %s alone is %s', async (suite, outcome) => {
    expect(await reach(suite)).toBe(outcome);
  });

  it.each([
    'docker/nginx/portillon.conf.template',
    'docker/nginx/card/card.conf.template',
    'docs/guide/integrate/nginx.md',
  ])('are those of every server in %s', (name) => {
    const text = readFileSync(join(ROOT, name), 'utf8');
    const servers = text.match(/^ *listen .* ssl\b/gm);
    const suites = [...text.matchAll(/^ *ssl_ciphers (.*);$/gm)].map(([, list]) => list);
    expect(suites).toEqual(servers!.map(() => TLS_1_2_SUITES.join(':')));
  });
});
