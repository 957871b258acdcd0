import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { machine } from '../checks/machine.mjs';
import { probe } from './probes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'portillon-weak-'));
const DISCOVERY = {
  issuer: 'https://elsewhere.example',
  response_types_supported: ['code', 'token'],
  code_challenge_methods_supported: ['S256', 'plain'],
  grant_types_supported: ['authorization_code', 'password'],
};
let server;
let found;

/** A server that accepts and reveals everything that ours must not. */
function answer({ url, method }, response) {
  if (method === 'TRACE') return response.end('traced');
  if (url === '/oidc/jwks') return response.end(JSON.stringify({ keys: [shortKey()] }));
  if (url.endsWith('openid-configuration')) return response.end(JSON.stringify(DISCOVERY));
  response.setHeader('content-security-policy', "default-src 'none'; script-src 'unsafe-inline'");
  return response.end('anything');
}

function shortKey() {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  return { ...publicKey.export({ format: 'jwk' }), kid: 'short' };
}

(machine.openssl ? describe : describe.skip)('a server that takes and tells anything', () => {
  beforeAll(async () => {
    const [certificate, key] = ['certificate.pem', 'key.pem'].map((name) => join(folder, name));
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '2', '-keyout', key, '-out', certificate];
    execFileSync(machine.openssl, ['req', '-x509', ...made, ...subject], { stdio: 'pipe' });
    const ca = readFileSync(certificate);
    const weak = { minVersion: 'TLSv1', ciphers: 'ALL:@SECLEVEL=0' };
    server = createServer({ ...weak, key: readFileSync(key), cert: ca }, answer).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address();
    found = await probe({ origin: `https://localhost:${port}`, port, ca });
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['tls-versions', 'TLSv1.1 is taken'],
    ['tls-suites', 'AES128-SHA is taken'],
    ['headers', 'strict-transport-security is undefined'],
    ['content-types', '/ is undefined'],
    ['discovery', 'password is a grant'],
    ['signing-keys', 'the key short is too short'],
    ['security-text', 'it is 200'],
    ['hidden-paths', '/.git/config is 200'],
    ['no-trace', 'TRACE is 200'],
  ])('names what is wrong with %s', (name, words) => {
    const { status, problems } = found.find((one) => one.name === name);
    expect(status).toBe('failed');
    expect(problems.join()).toContain(words);
  });
});
