import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IN_CI, machine } from './machine.mjs';
import { freePort, HOST, writeConfiguration } from './proxy.mjs';

const canRun = IN_CI || (machine.nginx && machine.openssl);

/** The configuration of the proxy, run by a real nginx in front of a server that returns the request it received. */
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

  it('replaces the forwarding headers of a client', async () => {
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

  it('drops a certificate header of a client', async () => {
    const forged = {
      'x-client-cert': 'forged',
      'X-CLIENT-CERT': 'forged',
      'x-portillon-proxy-secret': 'forged',
    };
    const { body } = await ask({ path: '/api/sign-in/cpx', method: 'POST', headers: forged });
    expect(JSON.stringify(body)).not.toContain('forged');
  });

  it('sends Strict-Transport-Security once', async () => {
    const { headers } = await ask({ path: '/' });
    expect(headers['strict-transport-security']).toBe('max-age=63072000; includeSubDomains');
  });

  it('logs paths without their queries', async () => {
    await ask({ path: '/api/sign-in/pro-sante-connect/callback?code=secret&state=secret' });
    const log = readFileSync(join(folder, 'access.log'), 'utf8');
    expect(log).toContain('GET /api/sign-in/pro-sante-connect/callback 200');
    expect(log).not.toContain('secret');
  });

  it('gives each request a unique id, to the server and to the log', async () => {
    const { body } = await ask({ path: '/api/service', headers: { 'x-request-id': 'forged' } });
    const id = body.headers['x-request-id'];
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(readFileSync(join(folder, 'access.log'), 'utf8')).toMatch(
      new RegExp(`GET /api/service 200 .* 127\\.0\\.0\\.1:\\d+ ${id}$`, 'm'),
    );
  });

  it('forwards a trace, and starts one with the id of the log where there is none', async () => {
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

  it('compresses no page: one with a secret beside text of an attacker’s choice would show it (BREACH)', async () => {
    const { headers } = await ask({ path: '/connexion', headers: { 'accept-encoding': 'gzip' } });
    expect(headers['content-type']).toBe('text/html');
    expect(headers['content-encoding']).toBeUndefined();
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
  const type = url.startsWith('/api/') ? 'application/json' : 'text/html';
  response.writeHead(200, { 'content-type': type, 'strict-transport-security': 'max-age=1' });
  response.end(JSON.stringify({ method, url, headers }));
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

async function answering(port, nginx) {
  for (let tries = 0; tries < 100 && nginx.exitCode === null; tries++) {
    if (await request(http, { port, path: '/' }).catch(() => undefined)) return;
    await sleep(50);
  }
  throw new Error('nginx does not answer');
}
