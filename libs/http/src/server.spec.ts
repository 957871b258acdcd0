import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KernelModule, Keyring, SystemClock, SystemRandom } from '@portillon/kernel';
import type { FastifyBaseLogger } from 'fastify';
import { AddressInfo, connect } from 'node:net';
import { configureServer, createAdapter } from './server';
import { CouponModule } from './testing/coupon.module';

const keyring = new Keyring([{ id: 'test', secret: Buffer.alloc(32, 1) }]);
const random = new SystemRandom(new SystemClock());

@Module({ imports: [KernelModule.forRoot({ keyring }), CouponModule] })
class Application {}

describe('an application of another team', () => {
  const lines: Line[] = [];
  const logger = recorder((line) => lines.push(line));
  let app: NestFastifyApplication;

  beforeAll(async () => {
    const options = { publicUrl: 'http://localhost', logger, random };
    app = await NestFactory.create<NestFastifyApplication>(Application, createAdapter(options), {
      logger: false,
      bodyParser: false,
    });
    const { problems } = await configureServer(app, options);
    problems.answerOtherwise('/coupons/foreign', ({ code, status }, _request, reply) =>
      reply.status(status ?? 405).send({ foreign: code }),
    );
    await app.listen(0, '127.0.0.1');
  });

  afterAll(() => app.close());

  const get = async (url: string, language = 'en') => {
    const answer = await app.inject({ method: 'GET', url, headers: { 'accept-language': language } });
    return { status: answer.statusCode, ...answer.json<{ code: string; title: string; detail: string }>() };
  };

  it.each([
    ['fr', 'Bon déjà utilisé', 'Ce bon a déjà servi. Demandez-en un autre.'],
    ['en', 'Coupon spent', 'This coupon was used already. Ask for another one.'],
  ])('says in its own words (%s) what its own code means', async (language, title, detail) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/coupons/spent',
      headers: { 'accept-language': language, 'content-type': 'application/json' },
      payload: '{}',
    });
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      409,
      'application/problem+json; charset=utf-8',
    ]);
    expect(answer.json()).toEqual({
      type: '/api/errors/coupon.spent',
      title,
      detail,
      status: 409,
      instance: '/coupons/spent',
      code: 'coupon.spent',
      requestId: answer.headers['x-request-id'],
      body: {},
    });
  });

  it.each([
    ['fr', 'Ceci n’est pas un bon.'],
    ['en', 'This is no coupon.'],
  ])('says in its own words (%s) what is wrong with a field', async (language, message) => {
    expect(await get('/coupons/wrong', language)).toMatchObject({
      status: 422,
      code: 'validation.failed',
      errors: [{ field: 'coupon', code: 'not-a-coupon', message }],
    });
  });

  it('answers a code that no module registers as its own failure, and names it in the log', async () => {
    lines.length = 0;
    expect(await get('/coupons/forgotten')).toMatchObject({ status: 500, code: 'internal' });
    expect(lines).toHaveLength(1);
    expect(lines[0]!.err!.message).toBe('no module registers the error code "coupon.forgotten"');
  });

  it('writes one line for each answer, with the failure where it is one, at `debug` for what a route lets pass that others ask all the time', async () => {
    lines.length = 0;
    for (const path of ['check', 'check?spent=1', 'broken']) await get(`/coupons/${path}`);
    expect(lines.map(({ level, status }) => [level, status])).toEqual([
      ['debug', 200],
      ['info', 409],
      ['error', 500],
    ]);
    expect(lines[2]).toMatchObject({ code: 'internal', err: expect.any(Error) });
    expect(lines[1]).not.toHaveProperty('err');
  });

  it.each([
    ['conflict', 409, 'conflict'],
    ['missing', 404, 'not-found'],
    ['stranger', 401, 'unauthorized'],
    ['teapot', 418, 'i-m-a-teapot'],
    ['down', 503, 'service.busy'],
    ['broken', 500, 'internal'],
  ])('keeps the status of what Nest throws: %s is %i, %s', async (path, status, code) => {
    const problem = await get(`/coupons/${path}`);
    expect(problem).toMatchObject({ status, code, type: `/api/errors/${code}` });
    expect(problem.title.length * problem.detail.length).toBeGreaterThan(0);
    expect(JSON.stringify(problem)).not.toMatch(/SELECT|function/);
  });

  it('distinguishes a wrong method from a wrong path', async () => {
    expect(await get('/coupons/spent')).toMatchObject({ status: 405, code: 'method.not-allowed' });
    expect(await get('/nowhere', 'fr')).toMatchObject({ status: 404, title: 'Introuvable' });
  });

  it('answers under the path of another protocol in the form of that one, with the method that is right', async () => {
    const answer = await app.inject({ method: 'GET', url: '/coupons/foreign/spent' });
    expect([answer.statusCode, answer.headers['allow'], answer.json()]).toEqual([
      405,
      'POST',
      { foreign: 'method.not-allowed' },
    ]);
    const malformed = { method: 'POST', url: '/coupons/foreign/spent', payload: '{' } as const;
    const headers = { 'content-type': 'application/json' };
    expect((await app.inject({ ...malformed, headers })).json()).toEqual({ foreign: 'body.malformed' });
    for (const url of ['/COUPONS/foreign/x', '/coupons/foreign%2fx', '/coupons//%66oreign'])
      expect([url, (await app.inject({ url })).json()]).toEqual([url, { foreign: 'not-found' }]);
    expect((await app.inject({ url: '/coupons/foreigner' })).json()).toMatchObject({ code: 'not-found' });
  });

  it('still says of a body that it cannot be read', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await app.inject({ method: 'POST', url: '/coupons/spent', headers, payload: '{' });
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, 'body.malformed']);
  });

  async function raw(...headers: string[]): Promise<string> {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(['GET /coupons/conflict HTTP/1.1', ...headers, 'Connection: close', '', ''].join('\r\n'));
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }

  it('refuses two Host headers, the same twice too', async () => {
    expect(await raw('Host: localhost')).toMatch(/^HTTP\/1.1 409 /);
    for (const second of ['Host: localhost', 'hOST: evil.example'])
      expect(await raw('Host: localhost', second)).toMatch(/^HTTP\/1.1 400 [\s\S]*"request.malformed"/);
  });
});

interface Line {
  level: string;
  err?: Error;
  status?: number;
}

function recorder(keep: (line: Line) => void): FastifyBaseLogger {
  const levels = ['error', 'fatal', 'warn', 'info', 'debug', 'trace', 'silent'].map((level) => [
    level,
    (line: object) => keep({ ...line, level }),
  ]);
  const logger: object = { ...Object.fromEntries(levels), level: 'info', child: () => logger };
  return logger as FastifyBaseLogger;
}
