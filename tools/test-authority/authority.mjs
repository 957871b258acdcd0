import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITIES, authoritySubject, CERTIFICATES, extensions, VALID } from './profiles.mjs';

const YEAR = 365 * 86_400_000;
/** The password of every .p12: these keys protect nothing. */
export const P12_PASSWORD = 'carte';
/** Cards to import into a browser. */
const FOR_BROWSERS = ['cps', 'cpf', 'cpe', 'cpa', 'stranger', 'expired', 'revoked', 'service-card'];

/**
 * Makes a throw-away authority in the shape of IGC-Santé in `folder`, with its cards, their lists of revocation and a
 * certificate for the server of `host`. Good for tests and demos: no other software trusts it.
 *
 *   authorities/<name>.{pem,key,crl}   the authorities and the lists that they sign
 *   trust.pem                          for CPX_TRUST_FILE: roots and PERSONNES authorities
 *   cards/<name>.{pem,key,p12}         the certificates; the password of the .p12 is {@link P12_PASSWORD}
 *   server.{pem,key}, server-ca.pem    TLS of the server, and its issuer
 *
 * `more`: cards beside those of `profiles.mjs`, by name, in the same form.
 */
export function makeAuthority(folder, { now = Date.now(), host = 'localhost', more = {} } = {}) {
  const work = { folder, now };
  for (const name of ['authorities', 'cards', 'keys']) mkdirSync(join(folder, name), { recursive: true });
  for (const [name, authority] of Object.entries(AUTHORITIES)) makeAuthorityOf(work, name, authority);
  for (const [name, card] of Object.entries({ ...CERTIFICATES, ...more })) makeCard(work, name, card);
  for (const name of Object.keys(AUTHORITIES)) makeList(work, name);
  makeBundles(folder);
  makeBroken(folder);
  makeServer(work, host);
  return folder;
}

function makeAuthorityOf(work, name, { by = name, ...authority }) {
  const folder = join(work.folder, 'authorities');
  makeKey(join(folder, `${name}.key`));
  writeFileSync(join(folder, `${name}.index`), '');
  writeFileSync(join(folder, `${name}.index.attr`), 'unique_subject = no\n');
  const lines = [
    'basicConstraints=critical,CA:TRUE',
    'keyUsage=critical,keyCertSign,cRLSign',
    'subjectKeyIdentifier=hash',
  ];
  issue(work, {
    by,
    subject: authoritySubject(authority),
    key: join(folder, `${name}.key`),
    certificate: join(folder, `${name}.pem`),
    lines,
    from: -YEAR * 5,
    until: YEAR * 10,
    selfSigned: by === name,
  });
}

function makeCard(work, name, { by = 'persons', key = 'card', revoked = false, ...card }) {
  const own = by === 'self' || by === 'other-persons';
  const keyFile = join(work.folder, 'keys', `${own ? name : key}.key`);
  makeKey(keyFile);
  const certificate = join(work.folder, 'cards', `${name}.pem`);
  const { from, until } = { ...VALID, ...card };
  issue(work, {
    by: by === 'self' ? 'root' : by,
    subject: card.subject,
    key: keyFile,
    certificate,
    lines: extensions(card),
    from,
    until,
    selfSigned: by === 'self',
  });
  writeFileSync(join(work.folder, 'cards', `${name}.key`), readFileSync(keyFile));
  if (revoked) ca(work, by, ['-revoke', certificate, '-crl_reason', 'keyCompromise']);
  if (FOR_BROWSERS.includes(name)) makeP12(work.folder, name);
}

function makeP12(folder, name) {
  openssl([
    'pkcs12', '-export', '-in', join(folder, 'cards', `${name}.pem`), '-inkey', join(folder, 'cards', `${name}.key`),
    '-name', `Carte de test ${name}`, '-passout', `pass:${P12_PASSWORD}`, '-out', join(folder, 'cards', `${name}.p12`),
  ]); // prettier-ignore
}

/** Revocation lists valid for a week, and one that has expired. */
function makeList(work, name) {
  const file = join(work.folder, 'authorities', name);
  ca(work, name, ['-gencrl', '-crldays', '7', '-out', `${file}.crl.pem`]);
  openssl(['crl', '-in', `${file}.crl.pem`, '-outform', 'DER', '-out', `${file}.crl`]);
  const past = ['-crl_lastupdate', time(work.now - YEAR), '-crl_nextupdate', time(work.now - 1_000)];
  ca(work, name, ['-gencrl', ...past, '-out', `${file}.stale.crl`]);
}

function makeBundles(folder) {
  const text = (name) => readFileSync(join(folder, 'authorities', `${name}.pem`), 'utf8');
  writeFileSync(join(folder, 'trust.pem'), text('root') + text('persons'));
  writeFileSync(join(folder, 'real-trust.pem'), text('real-root') + text('real-persons'));
  // Like the agency's full bundle, which an operator may use.
  const all = ['root', 'persons', 'organisations', 'real-root', 'real-persons'];
  writeFileSync(join(folder, 'whole-trust.pem'), all.map(text).join(''));
}

function makeBroken(folder) {
  const pem = readFileSync(join(folder, 'cards', 'cps.pem'), 'utf8');
  const lines = pem.trim().split('\n');
  const body = lines.slice(1, -1);
  writeFileSync(
    join(folder, 'cards', 'truncated.pem'),
    [lines[0], ...body.slice(0, 12), lines.at(-1), ''].join('\n'),
  );
  const garbage = Buffer.from('This is no certificate at all. '.repeat(20)).toString('base64');
  writeFileSync(join(folder, 'cards', 'garbage.pem'), `${lines[0]}\n${garbage}\n${lines.at(-1)}\n`);
}

/** The server's own TLS uses another authority than the cards. */
function makeServer(work, host) {
  const file = (name) => join(work.folder, name);
  makeKey(file('server-ca.key'));
  issue(work, {
    by: 'self', subject: '/CN=Portillon test TLS', key: file('server-ca.key'), certificate: file('server-ca.pem'),
    lines: ['basicConstraints=critical,CA:TRUE', 'keyUsage=critical,keyCertSign'], from: -YEAR, until: YEAR * 2, selfSigned: true,
  }); // prettier-ignore
  makeKey(file('server.key'));
  request(work, `/CN=${host}`, file('server.key'));
  writeFileSync(
    file('server.ext'),
    `subjectAltName=DNS:${host},DNS:*.${host},DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n`,
  );
  openssl([
    'x509', '-req', '-in', file('request.csr'), '-CA', file('server-ca.pem'), '-CAkey', file('server-ca.key'),
    '-set_serial', '2', '-days', '365', '-sha256', '-extfile', file('server.ext'), '-out', file('server.pem'),
  ]); // prettier-ignore
}

function issue(work, { by, subject, key, certificate, lines, from, until, selfSigned }) {
  request(work, subject, key);
  const signer = selfSigned ? ['-selfsign', '-keyfile', key] : [];
  const who = selfSigned ? 'self' : by;
  const chain = selfSigned ? lines : [...lines, 'authorityKeyIdentifier=keyid:always'];
  writeFileSync(join(work.folder, 'ext.cnf'), `${chain.join('\n')}\n`);
  const dates = ['-startdate', time(work.now + from), '-enddate', time(work.now + until)];
  const files = [
    '-in',
    join(work.folder, 'request.csr'),
    '-extfile',
    join(work.folder, 'ext.cnf'),
    '-out',
    certificate,
  ];
  ca(work, who, [...signer, ...dates, ...files]);
}

function request(work, subject, key) {
  const out = join(work.folder, 'request.csr');
  openssl([
    'req',
    '-new',
    '-utf8',
    '-sha256',
    '-key',
    key,
    '-subj',
    subject,
    '-out',
    out,
    '-config',
    configuration(work, 'self'),
  ]);
}

/** One call of `openssl ca`, which maintains the index read by the lists and the OCSP responder. */
function ca(work, name, args) {
  openssl(['ca', '-batch', '-notext', '-utf8', '-preserveDN', '-config', configuration(work, name), ...args]);
}

function configuration(work, name) {
  const file = join(work.folder, 'authorities', name);
  const config = `${file}.cnf`;
  if (name === 'self') {
    writeFileSync(`${file}.index`, '');
    writeFileSync(`${file}.index.attr`, 'unique_subject = no\n');
  }
  const policy = 'C ST L O OU CN title GN SN pseudonym serialNumber'.split(' ');
  writeFileSync(
    config,
    `[req]
distinguished_name=dn
string_mask=utf8only
[dn]
[ca]
default_ca=this
[this]
database=${file}.index
rand_serial=yes
new_certs_dir=${work.folder}/keys
certificate=${file}.pem
private_key=${file}.key
default_md=sha256
default_days=365
default_crl_days=7
preserve=yes
email_in_dn=no
unique_subject=no
string_mask=utf8only
policy=anything
crl_extensions=crl
[crl]
authorityKeyIdentifier=keyid:always
[anything]
${policy.map((field) => `${field}=optional`).join('\n')}
`,
  );
  return config;
}

function makeKey(file) {
  try {
    readFileSync(file);
  } catch {
    openssl(['genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', file]);
  }
}

/** Format of openssl: `20261124154300Z`. */
function time(milliseconds) {
  return `${new Date(milliseconds).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function openssl(args) {
  try {
    return execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    if (error.code === 'ENOENT')
      throw new Error('openssl is not here: apt-get install openssl', { cause: error });
    throw new Error(`openssl ${args.join(' ')}\n${error.stderr}`, { cause: error });
  }
}
