import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../workspace/command.mjs';
import { IN_CI, machine } from './machine.mjs';

const HOST = 'portillon.localhost';
/** What the nginx.conf of Debian says for every site: a directive that stands twice keeps nginx from starting. */
const OF_DEBIAN =
  'server_tokens off; ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers off; gzip on; access_log off;';
const canRun = IN_CI || (machine.nginx && machine.openssl);

/** The proxy's own configuration, run by a real nginx in front of a server that tells what reached it. */
describe.runIf(canRun)('the proxy', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portillon-nginx-'));
  let ports;
  let api;
  let nginx;

  beforeAll(async () => {
    ports = { http: await freePort(), https: await freePort() };
    api = http.createServer(tellWhatArrived).listen(0, '127.0.0.1');
    await new Promise((resolve) => api.once('listening', resolve));
    const configuration = writeConfiguration(folder, { ...ports, api: api.address().port });
    nginx = spawn(machine.nginx ?? 'nginx', ['-p', folder, '-c', configuration], { stdio: 'inherit' });
    await answering(ports.http, nginx);
  });

  afterAll(async () => {
    if (nginx.kill('SIGTERM')) await new Promise((resolve) => nginx.once('exit', resolve));
    api.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = (options) =>
    request(https, { port: ports.https, servername: HOST, rejectUnauthorized: false, ...options });

  it('sends plain HTTP to HTTPS with the method kept', async () => {
    const answer = await request(http, { port: ports.http, path: '/connexion', method: 'POST' });
    expect(answer.status).toBe(308);
    expect(answer.headers.location).toBe(`https://${HOST}/connexion`);
  });

  it('replaces what a stranger says of himself', async () => {
    const forged = {
      'x-forwarded-for': '203.0.113.7',
      forwarded: 'for=203.0.113.7',
      'x-real-ip': '203.0.113.7',
      'x-forwarded-proto': 'http',
      'x-forwarded-host': 'evil.example',
    };
    const { body } = await ask({ path: '/api/service', headers: forged });
    expect(body.headers).toMatchObject({
      host: HOST,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-host': HOST,
    });
    expect(JSON.stringify(body)).not.toMatch(/203\.0\.113|evil/);
  });

  it('lets no stranger show a certificate in a header', async () => {
    const forged = {
      'x-client-cert': 'forged',
      'X-CLIENT-CERT': 'forged',
      'x-portillon-proxy-secret': 'forged',
    };
    const { body } = await ask({ path: '/api/sign-in/cpx', method: 'POST', headers: forged });
    expect(JSON.stringify(body)).not.toContain('forged');
  });

  it('says once that only HTTPS is spoken', async () => {
    const { headers } = await ask({ path: '/' });
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  });

  it('logs paths without what was asked with them', async () => {
    await ask({ path: '/api/sign-in/pro-sante-connect/callback?code=secret&state=secret' });
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    expect(log).toContain('GET /api/sign-in/pro-sante-connect/callback 200');
    expect(log).not.toContain('secret');
  });

  it('gives each request an id of its own, to the server and to the log', async () => {
    const { body } = await ask({ path: '/api/service', headers: { 'x-request-id': 'forged' } });
    const id = body.headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(readFileSync(join(folder, 'access.log'), 'utf8')).toMatch(
      new RegExp(`GET /api/service 200 .* 127\\.0\\.0\\.1:\\d+ ${id}$`, 'm'),
    );
  });

  it('passes a trace on, and begins one of the id in the log where there is none', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    const strange = { tracestate: 'told=by-a-stranger', baggage: 'told=by-a-stranger' };
    const passed = (await ask({ path: '/api/service', headers: { traceparent, ...strange } })).body.headers;
    expect(passed.traceparent).toBe(traceparent);
    expect(JSON.stringify(passed)).not.toContain('stranger');
    for (const forged of [undefined, 'forged', `${traceparent}-more`]) {
      const headers = forged === undefined ? {} : { traceparent: forged };
      const begun = (await ask({ path: '/api/service', headers })).body.headers;
      const id = begun['x-request-id'];
      expect(begun.traceparent).toBe(`00-${id}-${id.slice(0, 16)}-00`);
    }
  });

  it('passes on a file of accounts as large as the server takes, and nothing else of that size', async () => {
    const large = (path, bytes) => ask({ path, method: 'POST', body: Buffer.alloc(bytes, 'a') });
    expect((await large('/api/admin/accounts/import', 16 * 1024 * 1024)).status).toBe(200);
    const refused = await large('/api/sign-in/password', 1024 * 1024);
    expect(refused.status).toBe(413);
    expect(refused.headers['content-type']).toBe('application/problem+json');
    expect(refused.body).toMatchObject({
      status: 413,
      code: 'body.too-large',
      requestId: refused.headers['x-request-id'],
    });
  });

  it.each(['/metrics', '/health/ready', '/health'])('keeps %s inside', async (path) => {
    expect((await ask({ path })).status).toBe(404);
  });

  it('answers nothing to a host that is not ours', async () => {
    await expect(ask({ path: '/', headers: { host: 'other.example' } })).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
  });

  it('says in the form of the API that the server is away', async () => {
    await new Promise((resolve) => api.close(resolve) && api.closeAllConnections());
    const answer = await ask({ path: '/api/service' });
    expect(answer.status).toBe(503);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.body).toMatchObject({
      status: 503,
      code: 'service.busy',
      retryAfterSeconds: 5,
      requestId: answer.headers['x-request-id'],
    });
  });
});

async function tellWhatArrived(request, response) {
  const { method, url, headers } = request;
  await once(request.resume(), 'end');
  response.writeHead(200, { 'content-type': 'application/json', 'strict-transport-security': 'max-age=1' });
  response.end(JSON.stringify({ method, url, headers }));
}

/** The files as compose mounts them, under `folder`, and a main file that includes them. */
function writeConfiguration(folder, ports) {
  const portillon = join(folder, 'portillon');
  mkdirSync(join(portillon, 'certificates'), { recursive: true });
  mkdirSync(join(portillon, 'instances'));
  writeFileSync(join(portillon, 'instances', 'api.conf'), `server 127.0.0.1:${ports.api} max_fails=0;`);
  makeCertificate(join(portillon, 'certificates'));
  const placed = (text) =>
    text.replaceAll('/etc/nginx/portillon', portillon).replaceAll('/dev/stdout', join(folder, 'access.log'));
  writeFileSync(
    join(portillon, 'proxy.conf'),
    placed(readFileSync(join(ROOT, 'docker/nginx/proxy.conf'), 'utf8')),
  );
  writeFileSync(join(folder, 'site.conf'), placed(filled(ports)));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  // The workers of a master that is root would be of a user who may not enter our folder.
  const user = process.getuid() === 0 ? 'user root;' : '';
  const main = `daemon off; ${user} pid ${folder}/nginx.pid; error_log stderr error; events {}
    http { ${OF_DEBIAN} ${temporary.join(' ')} include ${folder}/site.conf; }`;
  writeFileSync(join(folder, 'nginx.conf'), main);
  return join(folder, 'nginx.conf');
}

/** What the image of nginx does with its templates. */
function filled(ports) {
  const values = {
    HOST,
    HTTP: ports.http,
    HTTPS: ports.https,
    TLS_SESSIONS: sessionsOfCompose(),
  };
  const template = readFileSync(join(ROOT, 'docker/nginx/portillon.conf.template'), 'utf8');
  return template.replace(/\$\{PORTILLON_(HOST|HTTPS?|TLS_SESSIONS)\}/g, (_whole, name) => values[name]);
}

/** As people run it: one name for two kinds of shared memory keeps nginx from starting. */
function sessionsOfCompose() {
  const compose = readFileSync(join(ROOT, 'docker/compose.yaml'), 'utf8');
  return /^ +PORTILLON_TLS_SESSIONS: (\S+)$/m.exec(compose)[1];
}

function makeCertificate(folder) {
  const script = join(folder, '..', 'certificate.sh');
  cpSync(join(ROOT, 'docker/certificate.sh'), script);
  execFileSync('sh', [script, HOST], { stdio: 'ignore' });
}

function request(protocol, { headers, body, ...options }) {
  const all = { host: '127.0.0.1', headers: { host: HOST, ...headers }, agent: false, ...options };
  return new Promise((resolve, reject) => {
    const sent = protocol.request(all, async (response) => {
      const chunks = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve({
        status: response.statusCode,
        headers: response.headers,
        body: parsed(Buffer.concat(chunks).toString()),
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function parsed(text) {
  return text.startsWith('{') ? JSON.parse(text) : text;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answering(port, nginx) {
  for (let tries = 0; tries < 100 && nginx.exitCode === null; tries++) {
    if (await request(http, { port, path: '/' }).catch(() => undefined)) return;
    await sleep(50);
  }
  throw new Error('nginx does not answer');
}
