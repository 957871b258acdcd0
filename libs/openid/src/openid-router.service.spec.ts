import type { Problems } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import fastify, { FastifyInstance, InjectOptions } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenidRouter } from './openid-router.service';
import type { ResolvedOpenidOptions } from './openid.options';
import type { OpenidProviderService } from './provider/openid-provider.service';
import type { ProviderPageService } from './provider/pages/provider-page.service';
import { RequestRegistry } from './provider/request-registry.service';

const CERTIFICATE = { pem: 'PEM', subjectDn: 'CN=agenda' };

interface Seen {
  headers: IncomingMessage['headers'];
  certificate: unknown;
}

describe('the provider on the server', () => {
  let server: FastifyInstance;
  let seen: Seen[];
  let refusal: Error | undefined;
  const requests = new RequestRegistry();

  /** The library, which answers requests itself. */
  const callback = () => (raw: IncomingMessage, answer: ServerResponse) => {
    seen.push({ headers: { ...raw.headers }, certificate: requests.certificateOf(raw) });
    answer.end(`answered ${raw.method} ${raw.url}`);
  };

  beforeEach(async () => {
    seen = [];
    refusal = undefined;
    const router = new OpenidRouter(
      { current: async () => ({ callback }) } as unknown as OpenidProviderService,
      requests,
      {
        foreignForm: (_request: unknown, reply: { status(code: number): { send(body: string): void } }) =>
          reply.status(403).send('a page'),
      } as unknown as ProviderPageService,
      {
        publicUrl: 'https://portillon.example',
        clientCertificate: async () => CERTIFICATE,
      } as unknown as ResolvedOpenidOptions,
    );
    server = fastify();
    server.addHook('onRequest', async (_request, reply) => {
      void reply.header('x-frame-options', 'DENY');
      if (refusal) throw refusal;
    });
    await router.mount(server, {
      send: (
        error: AppError,
        _request: unknown,
        reply: { status(code: number): { send(body: object): void } },
      ) => reply.status(400).send({ code: error.code }),
    } as unknown as Problems);
  });

  afterEach(() => server.close());

  const ask = (options: InjectOptions) => server.inject(options);

  it('answers directly, with the headers of every answer of the server', async () => {
    const answer = await ask({ method: 'GET', url: '/.well-known/openid-configuration' });
    expect(answer.body).toBe('answered GET /.well-known/openid-configuration');
    expect(answer.headers['x-frame-options']).toBe('DENY');
  });

  it('takes its own address from the settings, and the client’s from the server, whatever the request says', async () => {
    const headers = {
      host: 'evil.example',
      forwarded: 'host=evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      'x-forwarded-for': '203.0.113.9',
    };
    await ask({ method: 'GET', url: '/oidc/jwks', headers, remoteAddress: '192.0.2.1' });
    expect(seen[0]!.headers).toMatchObject({
      host: 'portillon.example',
      'x-forwarded-host': 'portillon.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '192.0.2.1',
    });
    expect(seen[0]!.headers).not.toHaveProperty('forwarded');
  });

  it.each(['/oidc/token', '/oidc/par', '/oidc/introspect', '/oidc/revoke'])(
    'asks for a certificate where clients prove themselves: %s',
    async (url) => {
      await ask({ method: 'POST', url, payload: 'x=1' });
      expect(seen[0]!.certificate).toBe(CERTIFICATE);
    },
  );

  it.each(['/oidc/authorize', '/oidc/userinfo', '/oidc/jwks'])('asks for none elsewhere: %s', async (url) => {
    await ask({ method: 'GET', url });
    expect(seen[0]!.certificate).toBeUndefined();
  });

  it('takes 100 parameters at most', async () => {
    const url = (count: number) => `/oidc/authorize?${Array.from({ length: count }, () => 'a=1').join('&')}`;
    expect((await ask({ method: 'GET', url: url(100) })).statusCode).toBe(200);
    expect((await ask({ method: 'GET', url: url(101) })).json()).toEqual({ code: 'request.malformed' });
    expect(seen).toHaveLength(1);
  });

  it.each(['/oidc/authorize', '/oidc/logout'])(
    'has the form of an application come again as a query, with the cookie of the session: %s',
    async (url) => {
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await ask({
        method: 'POST',
        url,
        headers: form,
        payload: 'client_id=agenda&state=a%26b',
      });
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe(`${url}?client_id=agenda&state=a%26b`);
      expect((await ask({ method: 'POST', url })).headers.location).toBe(`${url}?`);
      expect(seen).toEqual([]);
    },
  );

  it('refuses another kind of form', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask({ method: 'POST', url: '/oidc/authorize', headers, payload: '{}' });
    expect(answer.statusCode).toBe(400);
  });

  it('shows a page to a person whose answer another site sent, and a problem to anything else', async () => {
    refusal = new AppError('origin.refused');
    const html = { accept: 'text/html' };
    const asked = (url: string, headers = {}) => ask({ method: 'POST', url, headers });
    expect((await asked('/oidc/logout/confirm', html)).body).toBe('a page');
    const json = { accept: 'application/json' };
    for (const headers of [{}, json])
      expect((await asked('/oidc/logout/confirm', headers)).json()).toEqual({ code: 'origin.refused' });
    expect((await asked('/oidc/token', html)).json()).toEqual({ code: 'origin.refused' });
    refusal = new AppError('request.malformed');
    expect((await asked('/oidc/logout/confirm', html)).json()).toEqual({ code: 'request.malformed' });
    expect(seen).toEqual([]);
  });

  it('lets scripts of applications ask where no cookie acts, and nowhere else', async () => {
    const anyOrigin = new Map<string, unknown>();
    const mounted = fastify();
    mounted.addHook(
      'onRoute',
      ({ url, config }) => void anyOrigin.set(url, (config as { anyOrigin?: boolean }).anyOrigin),
    );
    const router = new OpenidRouter({} as never, requests, {} as never, {} as never);
    await router.mount(mounted, {} as Problems);
    const open = [...anyOrigin].filter(([, value]) => value).map(([url]) => url);
    expect(open.sort()).toEqual([
      '/oidc/authorize',
      '/oidc/introspect',
      '/oidc/logout',
      '/oidc/par',
      '/oidc/revoke',
      '/oidc/token',
      '/oidc/userinfo',
    ]);
  });
});
