import { request } from 'node:https';
import { connect } from 'node:tls';

const YEAR_S = 365 * 86_400;
const RSA_BITS = 3_072;

/** Offered by a client that accepts everything: the refusal is the server's. */
const ANYTHING = 'DEFAULT@SECLEVEL=0';
const WEAK = ['AES128-SHA', 'AES256-GCM-SHA384', 'ECDHE-RSA-AES128-SHA', 'ECDHE-RSA-AES256-SHA384'];
const HIDDEN = ['/.git/config', '/.env', '/api/docs', '/api/openapi.json', '/assets/', '/metrics'];

/** Checks of a running production server: each resolves to its problems, one phrase each. */
export const PROBES = {
  async 'tls-versions'(site) {
    const old = await handshake(site, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: ANYTHING });
    const both = await Promise.all(
      ['TLSv1.2', 'TLSv1.3'].map((version) => handshake(site, { minVersion: version, maxVersion: version })),
    );
    return [
      ...(old ? [`${old} is taken`] : []),
      ...(both.every(Boolean) ? [] : ['TLS 1.2 or 1.3 is refused']),
    ];
  },

  async 'tls-suites'(site) {
    const taken = await Promise.all(
      WEAK.map((suite) => handshake(site, { maxVersion: 'TLSv1.2', ciphers: `${suite}:@SECLEVEL=0` })),
    );
    return WEAK.filter((_suite, at) => taken[at]).map((suite) => `${suite} is taken`);
  },

  async headers(site) {
    const { headers } = await ask(site, '/');
    const wanted = {
      'strict-transport-security': /includeSubDomains/,
      'content-security-policy': /^(?=.*default-src 'none')(?=.*frame-ancestors 'none')(?!.*unsafe)/,
      'x-content-type-options': /^nosniff$/,
      'referrer-policy': /^no-referrer$/,
      'x-frame-options': /^DENY$/i,
    };
    const age = Number(/max-age=(\d+)/.exec(headers['strict-transport-security'])?.[1]);
    return [
      ...Object.keys(wanted)
        .filter((name) => !wanted[name].test(headers[name] ?? ''))
        .map((name) => `${name} is ${headers[name]}`),
      ...(age >= YEAR_S ? [] : ['strict-transport-security is for less than a year']),
    ];
  },

  async 'content-types'(site) {
    const wanted = {
      '/': 'text/html; charset=utf-8',
      '/api/service': 'application/json; charset=utf-8',
      '/.well-known/security.txt': 'text/plain; charset=utf-8',
    };
    const types = await Promise.all(
      Object.keys(wanted).map(async (path) => [path, (await ask(site, path)).headers['content-type']]),
    );
    return types
      .filter(([path, type]) => type?.toLowerCase() !== wanted[path])
      .map(([path, type]) => `${path} is ${type}`);
  },

  async discovery(site) {
    const told = JSON.parse((await ask(site, '/.well-known/openid-configuration')).body);
    const wanted = {
      issuer: site.origin,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    };
    const others = Object.keys(wanted).filter(
      (name) => JSON.stringify(told[name]) !== JSON.stringify(wanted[name]),
    );
    const grants = told.grant_types_supported.filter((one) => ['implicit', 'password'].includes(one));
    return [
      ...others.map((name) => `${name} is ${JSON.stringify(told[name])}`),
      ...grants.map((one) => `${one} is a grant`),
    ];
  },

  async 'signing-keys'(site) {
    const { keys } = JSON.parse((await ask(site, '/oidc/jwks')).body);
    const weak = keys.filter(({ kty, n, crv }) =>
      kty === 'RSA' ? Buffer.from(n, 'base64url').length * 8 < RSA_BITS : crv !== 'P-256',
    );
    const secret = keys.filter((key) => 'd' in key);
    return [
      ...weak.map(({ kid }) => `the key ${kid} is too short`),
      ...secret.map(({ kid }) => `the key ${kid} is private`),
      ...(keys.length ? [] : ['there is no key']),
    ];
  },

  async 'security-text'(site) {
    const { status, body } = await ask(site, '/.well-known/security.txt');
    const days = (Date.parse(/^Expires: (.*)$/m.exec(body)?.[1]) - Date.now()) / 86_400_000;
    return status === 200 && /^Contact: \S+$/m.test(body) && days > 0 && days < 365
      ? []
      : [`it is ${status}, for ${days} days`];
  },

  async 'hidden-paths'(site) {
    const statuses = await Promise.all(HIDDEN.map(async (path) => [path, (await ask(site, path)).status]));
    return statuses.filter(([, status]) => status !== 404).map(([path, status]) => `${path} is ${status}`);
  },

  async 'no-trace'(site) {
    const { status } = await ask(site, '/', 'TRACE');
    return status < 400 ? [`TRACE is ${status}`] : [];
  },
};

/** Runs all checks against a server: `{ name, status, problems }` for each. */
export async function probe(site, probes = PROBES) {
  const found = [];
  for (const [name, asked] of Object.entries(probes)) {
    const problems = await asked(site).catch((error) => [error.message]);
    found.push({ name, status: problems.length ? 'failed' : 'passed', problems });
  }
  return found;
}

/** The negotiated version; nothing if the server refused. */
function handshake({ port, ca }, options) {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca, ...options }, () => {
      resolve(socket.getProtocol());
      socket.destroy();
    });
    socket.once('error', () => resolve(undefined));
  });
}

function ask({ port, ca }, path, method = 'GET') {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        host: '127.0.0.1',
        servername: 'localhost',
        port,
        path,
        method,
        ca,
        headers: { host: `localhost:${port}` },
      },
      (answer) => {
        const chunks = [];
        answer.on('data', (chunk) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    sent.once('error', reject).end();
  });
}
