import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { run } from '../workspace/command.mjs';
import { PROGRAM } from '../workspace/server.mjs';

const STARTS_WITHIN_MS = 60_000;

/** Runs `work` with a production server over HTTPS, on new tables; removes everything afterwards. */
export async function withServer(work) {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-probes-'));
  let server;
  try {
    const { environment, site } = await settingsIn(folder);
    await done(process.execPath, [PROGRAM, 'migrate'], { cwd: folder, env: environment });
    server = spawn(process.execPath, [PROGRAM, 'serve'], {
      cwd: folder,
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    await answers(site, server);
    return await work(site);
  } finally {
    if (server?.exitCode === null && server.kill()) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  }
}

async function settingsIn(folder) {
  const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(folder, name));
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
  await done('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:3072',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    certificate,
  ]);
  const port = await freePort();
  const origin = `https://localhost:${port}`;
  const environment = {
    NODE_ENV: 'production',
    PUBLIC_URL: origin,
    PORT: String(port),
    HOST: '127.0.0.1',
    OPS_PORT: '0',
    DATABASE_URL: join(folder, 'portillon.db'),
    SECRET_KEYS: `probe:${randomBytes(32).toString('base64')}`,
    // Sends no mail: no probe signs anyone in.
    SMTP_URL: 'smtp://127.0.0.1:1',
    MAIL_FROM: 'Portillon <portillon@portillon.example>',
    SECURITY_CONTACT: 'securite@portillon.example',
    TLS_CERT_FILE: certificate,
    TLS_KEY_FILE: key,
  };
  return { environment, site: { origin, port, ca: readFileSync(certificate) } };
}

async function answers({ port }, server) {
  const patience = AbortSignal.timeout(STARTS_WITHIN_MS);
  while (!(await isOpen(port))) {
    if (server.exitCode !== null) throw new Error('The server to be probed did not start.');
    await after(100, undefined, { signal: patience });
  }
}

function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

async function done(command, args, options) {
  const { code, output } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args[0]}: ${output}`);
}
