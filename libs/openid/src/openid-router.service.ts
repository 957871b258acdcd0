import { Inject, Injectable } from '@nestjs/common';
import type { Problems } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OPENID_OPTIONS, type ClientCertificate, type ResolvedOpenidOptions } from './openid.options';
import { OpenidProviderService } from './provider/openid-provider.service';
import { ProviderPageService } from './provider/pages/provider-page.service';
import { CLIENT_PATHS, PATHS, ROUTES, SIGN_OUT_CONFIRM_PATH } from './provider/provider.constants';
import { RequestRegistry } from './provider/request-registry.service';

/** Scripts of an application's pages post there: none of these acts by a cookie. */
const CALLED_FROM_ELSEWHERE: readonly string[] = [...CLIENT_PATHS, ROUTES.userinfo];

/** Requests of a user's browser, which an application may also send by POST (OpenID Connect Core, 3.1.2.1). */
const BY_QUERY: readonly string[] = [ROUTES.authorization, ROUTES.end_session];

/** More than any standard has. The library looks through all of them for each: 6,000 cost 600 ms of the processor. */
const MOST_PARAMETERS = 100;

/** Puts the provider on the server, in a separate scope: the library parses bodies and writes answers itself. */
@Injectable()
export class OpenidRouter {
  constructor(
    private readonly providers: OpenidProviderService,
    private readonly requests: RequestRegistry,
    private readonly pages: ProviderPageService,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  async mount(server: FastifyInstance, problems: Problems): Promise<void> {
    await server.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) =>
        isForeignForm(error, request)
          ? this.pages.foreignForm(request, reply)
          : problems.send(error, request, reply),
      );
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      for (const url of PATHS)
        scope.route({
          url,
          method: BY_QUERY.includes(url) ? ['GET', 'OPTIONS'] : ['GET', 'POST', 'OPTIONS'],
          config: { anyOrigin: CALLED_FROM_ELSEWHERE.includes(url) },
          handler: (request, reply) => this.#answer(request, reply),
        });
    });
    await server.register(async (scope) => takeForms(scope, problems));
  }

  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    requireFewParameters(request);
    const provider = await this.providers.current();
    this.requests.add(request, await this.#certificateOf(request));
    this.#readdress(request);
    reply.hijack();
    // What hooks have set on the reply is not on the answer of a request that Fastify does not answer.
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value!);
    await provider.callback()(request.raw, reply.raw);
  }

  async #certificateOf(request: FastifyRequest): Promise<ClientCertificate | undefined> {
    return CLIENT_PATHS.includes(request.routeOptions.url!)
      ? this.options.clientCertificate(request)
      : undefined;
  }

  /** The library takes its own address from the request, whose headers a stranger may have written. */
  #readdress({ raw, ip }: FastifyRequest): void {
    const { protocol, host } = new URL(this.options.publicUrl);
    const forwarded = {
      'x-forwarded-proto': protocol.slice(0, -1),
      'x-forwarded-host': host,
      'x-forwarded-for': ip,
    };
    Object.assign(raw.headers, { host, ...forwarded });
    delete raw.headers['forwarded'];
  }
}

/** @throws AppError `request.malformed` */
function requireFewParameters({ url }: FastifyRequest): void {
  if (url.split('&', MOST_PARAMETERS + 1).length > MOST_PARAMETERS)
    throw new AppError('request.malformed', { detail: 'too many parameters' });
}

/** Whether a form from another site was refused, at a path that a user's browser posts to. */
function isForeignForm(error: unknown, { routeOptions, headers }: FastifyRequest): boolean {
  const isRefused = error instanceof AppError && error.code === 'origin.refused';
  const isPerson = headers.accept?.includes('text/html') ?? false;
  return isRefused && isPerson && routeOptions.url === SIGN_OUT_CONFIRM_PATH;
}

/**
 * A form that another site posts arrives without the session cookie (SameSite). Redirected as a query, it is the same
 * request with the cookie.
 */
function takeForms(scope: FastifyInstance, problems: Problems): void {
  scope.setErrorHandler((error, request, reply) => problems.send(error, request, reply));
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => new URLSearchParams(body),
  );
  for (const url of BY_QUERY)
    scope.post(url, { config: { anyOrigin: true } }, async (request, reply) =>
      reply.redirect(`${url}?${(request.body as URLSearchParams | undefined)?.toString() ?? ''}`, 303),
    );
}
