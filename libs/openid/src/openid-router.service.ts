import { Inject, Injectable } from '@nestjs/common';
import type { Problems } from '@portillon/http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OPENID_OPTIONS } from './openid.options';
import type { ResolvedOpenidOptions } from './openid.options';
import { OpenidProviderService } from './provider/openid-provider.service';
import { PATHS, ROUTES } from './provider/provider.constants';
import { RequestRegistry } from './provider/request-registry.service';

/** An application's pages may post there, or a script of its own in a browser: none acts by the cookie alone. */
const CALLED_FROM_ELSEWHERE: readonly string[] = [
  ROUTES.authorization,
  ROUTES.pushed_authorization_request,
  ROUTES.token,
  ROUTES.userinfo,
  ROUTES.introspection,
  ROUTES.revocation,
  ROUTES.end_session,
];

/** Puts the provider on the server, in a scope of its own: the library reads its bodies itself, and writes its answers. */
@Injectable()
export class OpenidRouter {
  constructor(
    private readonly providers: OpenidProviderService,
    private readonly requests: RequestRegistry,
    @Inject(OPENID_OPTIONS) private readonly options: ResolvedOpenidOptions,
  ) {}

  async mount(server: FastifyInstance, problems: Problems): Promise<void> {
    await server.register(async (scope) => {
      scope.setErrorHandler((error, request, reply) => problems.send(error, request, reply));
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      for (const url of PATHS)
        scope.route({
          url,
          method: ['GET', 'POST', 'OPTIONS'],
          config: { anyOrigin: CALLED_FROM_ELSEWHERE.includes(url) },
          handler: (request, reply) => this.#answer(request, reply),
        });
    });
  }

  async #answer(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const provider = await this.providers.current();
    this.requests.add(request);
    this.#readdress(request);
    reply.hijack();
    // What hooks have set on the reply is not on the answer of a request that Fastify does not answer.
    for (const [name, value] of Object.entries(reply.getHeaders())) reply.raw.setHeader(name, value!);
    await provider.callback()(request.raw, reply.raw);
  }

  /** The library takes its own address from the request, whoever wrote its headers. */
  #readdress({ raw, ip }: FastifyRequest): void {
    const { protocol, host } = new URL(this.options.publicUrl);
    const forwarded = { 'x-forwarded-proto': protocol.slice(0, -1), 'x-forwarded-host': host, 'x-forwarded-for': ip };
    Object.assign(raw.headers, { host, ...forwarded });
    delete raw.headers['forwarded'];
  }
}
