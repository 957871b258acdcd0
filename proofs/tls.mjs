import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { find, machine } from '../tools/checks/machine.mjs';
import { freePort, HOST, writeConfiguration } from '../tools/checks/proxy.mjs';
import { DemoServer } from './strangers/server.mjs';

const FOLDER = join(tmpdir(), 'portillon-tls');
/** `WARN`: a test that this machine's OpenSSL does not support. */
const ALLOWED = ['OK', 'INFO', 'LOW', 'WARN'];

/**
 * Runs testssl.sh (`TESTSSL`, or Debian's package) against our nginx configuration in front of the demo, with a
 * certificate of a test authority. @throws unless the grade is A+ and no finding is above "low"
 */
export async function prove() {
  const testssl = process.env.TESTSSL ?? find('testssl');
  if (!testssl || !machine.nginx || !find('dig')) throw new Error('needs testssl.sh, nginx and dig');
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER);
  const server = await DemoServer.start(join(FOLDER, 'server'), { PUBLIC_URL: `https://${HOST}` });
  const ports = { api: new URL(server.url).port, http: await freePort(), https: await freePort() };
  const configuration = writeConfiguration(FOLDER, ports);
  certify(join(FOLDER, 'portillon/certificates'));
  const nginx = spawn(machine.nginx, ['-p', FOLDER, '-c', configuration], { stdio: 'inherit' });
  try {
    evaluate(await findings(testssl, ports.https));
  } finally {
    nginx.kill('SIGTERM');
    await server.stop();
  }
}

/** Replaces the self-signed certificate by an authority's, with its revocation list. */
function certify(folder) {
  const openssl = (...args) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl('req', '-x509', ...key, '-days', '90', '-subj', '/CN=Proof', '-keyout', 'ca.key', '-out', 'ca.pem');
  openssl('req', ...key, '-subj', `/CN=${HOST}`, '-keyout', 'portillon.key', '-out', 'request.pem');
  const lines = [
    `subjectAltName=DNS:${HOST}`,
    'basicConstraints=CA:FALSE',
    'keyUsage=digitalSignature',
    'extendedKeyUsage=serverAuth',
    'crlDistributionPoints=URI:http://authority.example/proof.crl',
  ];
  writeFileSync(join(folder, 'extensions'), lines.join('\n'));
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-extfile', 'extensions'];
  openssl('x509', '-req', '-in', 'request.pem', ...signed, '-days', '90', '-out', 'portillon.crt');
}

/** The exit code counts the findings of every severity. */
async function findings(testssl, port) {
  const file = join(FOLDER, 'findings.json');
  const authority = join(FOLDER, 'portillon/certificates/ca.pem');
  const options = ['--quiet', '--warnings', 'off', '--color', '0', '--nodns', 'none', '--ip', '127.0.0.1'];
  const args = [...options, '--add-ca', authority, '--jsonfile', file, `${HOST}:${port}`];
  await once(spawn(testssl, args, { stdio: 'inherit' }), 'exit');
  return JSON.parse(readFileSync(file, 'utf8'));
}

function evaluate(found) {
  const above = found.filter(({ severity }) => !ALLOWED.includes(severity));
  const rest = found.filter(({ severity }) => ['LOW', 'WARN'].includes(severity));
  const grade = found.find(({ id }) => id === 'overall_grade')?.finding;
  const list = (ones) => ones.map(({ id, finding }) => `${id}: ${finding}`).join('; ');
  console.log(`  grade ${grade}; low or not tried: ${list(rest) || 'none'}`);
  if (grade !== 'A+' || above.length) throw new Error(`grade ${grade}; above low: ${list(above) || 'none'}`);
}
