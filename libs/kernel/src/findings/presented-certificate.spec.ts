import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { AddressInfo, createServer, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { presentedCertificates } from './presented-certificate';

// `describeWithProgram` is of @portillon/testing, which depends on the kernel.
const hasOpenssl = !spawnSync('openssl', ['version']).error;

(hasOpenssl ? describe : describe.skip)('the certificate that a server presents', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-presented-'));
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const servers: Server[] = [];

  beforeAll(() => {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '3', '-subj', '/CN=elsewhere'];
    execFileSync('openssl', [...args, '-keyout', join(folder, 'key'), '-out', join(folder, 'cert')], {
      stdio: 'pipe',
    });
  });
  afterAll(() => {
    for (const server of servers) server.close();
    rmSync(folder, { recursive: true });
  });

  async function listening(server: Server): Promise<number> {
    servers.push(server.unref());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return (server.address() as AddressInfo).port;
  }
  const endpoint = (port: number) => ({ setting: 'SMTP_URL', host: '127.0.0.1', port });

  it('is read though no authority signed it, beside a server that is not there', async () => {
    const port = await listening(createTlsServer({ cert: read('cert'), key: read('key') }));
    expect(await presentedCertificates([endpoint(1), endpoint(port)])).toEqual([
      {
        setting: 'SMTP_URL',
        subject: `127.0.0.1:${port}`,
        validTo: new Date(new X509Certificate(read('cert')).validTo),
      },
    ]);
  });

  it.each([
    ['the handshake', undefined],
    ['the start of TLS', async (socket: Socket) => void (await once(socket, 'data'))],
  ])('is given up after 3 s when the server says nothing in %s', async (_what, startTls) => {
    const over = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValue(over.signal);
    const server = createServer();
    const connected = once(server, 'connection');
    const port = await listening(server);
    const found = presentedCertificates([{ ...endpoint(port), ...(startTls && { startTls }) }]);
    await connected;
    over.abort();
    expect(await found).toEqual([]);
    expect(timeout).toHaveBeenCalledWith(3_000);
    timeout.mockRestore();
  });
});
