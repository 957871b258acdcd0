import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError, Random } from '@portillon/kernel';
import { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { BodyPipe } from './body.pipe';
import { CrossOrigin, isForCrossOrigin, isPreflight, letOwnPagesRead, OWN_PAGES } from './cross-origin';
import { refuseForeignOrigin } from './origin';
import { ProblemFilter } from './problem.filter';
import { RouteTable } from './route-table';
import { parseStrictJson } from './strict-json';

export interface ServerOptions {
  /** The origin people see, such as `https://portillon.example`. Decides cookies and which Origin is ours. */
  publicUrl: string;
  /** Addresses or CIDR blocks whose `X-Forwarded-For` is believed; none unless told. */
  trustedProxies?: readonly string[];
  logger: FastifyBaseLogger;
  random: Random;
  /** A second origin of the service, which our own pages call across origins: the card's. */
  crossOrigin?: CrossOrigin;
  /** To end TLS in the server itself. */
  tls?: { cert: Buffer; key: Buffer };
}

const BODY_LIMIT_BYTES = 64 * 1024;

/** The Fastify server with the house's limits, before Nest is put on it. */
export function createAdapter(options: ServerOptions): FastifyAdapter {
  const settings = {
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    genReqId: () => options.random.id(),
    routerOptions: { maxParamLength: 100 },
    // A hung or dripping client may not hold a socket for ever (slowloris).
    requestTimeout: 30_000,
    connectionTimeout: 65_000,
    keepAliveTimeout: 72_000,
    ...(options.tls ? { https: options.tls } : {}),
  };
  return new FastifyAdapter(settings as ConstructorParameters<typeof FastifyAdapter>[0]) as FastifyAdapter;
}

/**
 * Puts the house's rules on every route: JSON, origin, headers, problems. Call it before `listen`.
 * Resolves to the table of the routes, which fills as they are added.
 */
export async function configureServer(
  app: NestFastifyApplication,
  options: ServerOptions,
): Promise<RouteTable> {
  const fastify = app.getHttpAdapter().getInstance();
  const publicOrigin = new URL(options.publicUrl).origin;
  acceptJsonOnly(fastify);
  acceptFormsWhereTold(fastify);
  await fastify.register(fastifyCookie);
  await fastify.register(fastifyHelmet, securityHeaders(publicOrigin, options.crossOrigin));
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) void reply.header('cache-control', 'no-store');
    if (!isForCrossOrigin(request, options.crossOrigin)) return refuseForeignOrigin(request, publicOrigin);
    letOwnPagesRead(request, reply, publicOrigin);
    if (isPreflight(request, publicOrigin)) return reply.status(204).send();
    refuseForeignOrigin(request, publicOrigin, OWN_PAGES);
  });
  fastify.addHook('onResponse', async (request, reply) =>
    logAnswer(request, reply.statusCode, reply.elapsedTime),
  );
  app.useGlobalPipes(new BodyPipe());
  const routes = new RouteTable(fastify);
  app.useGlobalFilters(new ProblemFilter(routes));
  app.enableShutdownHooks();
  return routes;
}

function acceptJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (_request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      try {
        done(null, body.length === 0 ? undefined : parseStrictJson(body));
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** A form is taken by the routes marked `@TakesForm()` alone: any page of the web can make a browser send one. */
function acceptFormsWhereTold(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (request: FastifyRequest, body: string, done: (error: Error | null, value?: unknown) => void) => {
      const { takesForm } = request.routeOptions.config as { takesForm?: boolean };
      if (takesForm) done(null, new URLSearchParams(body));
      else done(new AppError('media-type.unsupported', 'unsupported-media-type'));
    },
  );
}

function logAnswer(request: FastifyRequest, status: number, milliseconds: number): void {
  const route = request.routeOptions.url ?? 'unknown';
  const line = { method: request.method, route, status, ms: Math.round(milliseconds) };
  request.log[status >= 500 ? 'error' : 'info'](line, 'answered');
}

/** OWASP ASVS 5.0, 3.4. Only the service's own files run; nothing is framed, sniffed or referred. */
function securityHeaders(publicOrigin: string, crossOrigin: CrossOrigin | undefined) {
  const https = publicOrigin.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'", ...(crossOrigin ? [crossOrigin.origin] : [])],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' as const },
    crossOriginResourcePolicy: { policy: 'same-origin' as const },
    referrerPolicy: { policy: 'no-referrer' as const },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' as const },
  };
}
