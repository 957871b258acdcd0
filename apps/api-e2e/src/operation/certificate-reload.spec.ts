import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { freePort } from '@portillon/testing/servers';
import { CardDesk } from '../harness/people/card-desk';
import { Stage } from '../harness/server/stage';

const HOST = 'localhost';

describe('certificates, read again when SIGHUP asks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-reload-'));
  const desk = new CardDesk(HOST);
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  let stage: Stage;
  let cardPort: number;

  beforeAll(async () => {
    for (const name of ['first', 'second']) makeCertificate(name);
    use('first');
    cardPort = await freePort();
    stage = new Stage({
      environment: {
        ...desk.settings,
        PUBLIC_URL: `https://${HOST}`,
        CPX_PORT: String(cardPort),
        TLS_CERT_FILE: cert,
        TLS_KEY_FILE: key,
        LOG_LEVEL: 'info',
      },
    });
    await stage.open();
  }, 60_000);
  afterAll(async () => {
    await stage.close();
    await desk.close();
    rmSync(folder, { recursive: true });
  }, 20_000);

  function makeCertificate(name: string): void {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', `/CN=${name}`];
    const files = ['-keyout', join(folder, `${name}.key`), '-out', join(folder, `${name}.pem`)];
    execFileSync('openssl', [...args, ...files], { stdio: 'pipe' });
  }

  function use(name: string): void {
    copyFileSync(join(folder, `${name}.pem`), cert);
    copyFileSync(join(folder, `${name}.key`), key);
  }

  /** The name in the certificate that is shown at a port. */
  async function shownAt(port: number): Promise<string> {
    const socket = connect({ port, host: '127.0.0.1', servername: HOST, rejectUnauthorized: false });
    await new Promise((resolve, reject) => socket.once('secureConnect', resolve).once('error', reject));
    const { subject } = socket.getPeerCertificate();
    socket.destroy();
    return String(subject.CN);
  }

  const readAgain = (message: RegExp) => {
    stage.server.signal('SIGHUP');
    return stage.server.lineThat(({ msg }) => message.test(String(msg)));
  };

  it('are shown to people and to cards from the next connection on, by the same process', async () => {
    expect([await shownAt(stage.server.port), await shownAt(cardPort)]).toEqual(['first', 'first']);
    use('second');
    expect(await readAgain(/^TLS_CERT_FILE was read again/)).toBeDefined();
    expect([await shownAt(stage.server.port), await shownAt(cardPort)]).toEqual(['second', 'second']);
    expect(stage.server.running).toBe(true);
  });

  it('stay in use when a new file is unusable, which is logged', async () => {
    writeFileSync(key, 'half of a key');
    expect(await readAgain(/^TLS_CERT_FILE is unusable now/)).toMatchObject({ level: 50 });
    expect(await shownAt(stage.server.port)).toBe('second');
    expect(await stage.server.lineThat(({ msg }) => msg === 'CPX_TRUST_FILE was read again')).toBeDefined();
  });
});
