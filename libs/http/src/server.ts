import fastifyCookie from '@fastify/cookie';
import { ShutdownSignal } from '@nestjs/common';
import { FastifyAdapter, NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppError, ErrorCatalogService, Random } from '@portillon/kernel';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify';
import { acceptBodies } from './body-parsers';
import { BodyPipe } from './body.pipe';
import { hangUpWhenClosing, unreadableRequests } from './connections';
import { httpErrors, httpFields } from './http.errors';
import {
  ambiguousHost,
  CrossOrigin,
  isForCrossOrigin,
  isPreflight,
  letOwnPagesRead,
  OWN_PAGES,
  foreignOrigin,
} from './origin';
import { ProblemFilter, Problems } from './problems';
import { nameRequests, requestIds } from './request-id';
import { MAX_PARAM_LENGTH, RouteTable } from './route-table';
import { addSecurityHeaders, HEADERS_OF_DATA } from './security-headers';

export interface ServerOptions {
  /** The public origin, such as `https://portillon.example`. Determines the cookies and the accepted Origin. */
  publicUrl: string;
  /** Addresses or CIDR blocks whose `X-Forwarded-For` is believed. Default: none. */
  trustedProxies?: readonly string[];
  logger: FastifyBaseLogger;
  random: Random;
  /** A second origin of the service, which our own pages call across origins: the card's. */
  crossOrigin?: CrossOrigin;
  /** To end TLS in the server itself. */
  tls?: { cert: Buffer; key: Buffer };
}

const BODY_LIMIT_BYTES = 64 * 1024;

/** The Fastify server with our limits, before Nest is put on it. */
export function createAdapter(options: ServerOptions): FastifyAdapter {
  const settings = {
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    trustProxy: options.trustedProxies?.length ? [...options.trustedProxies] : false,
    genReqId: requestIds(options.random, options.trustedProxies),
    routerOptions: { maxParamLength: MAX_PARAM_LENGTH },
    // A hung or slow client must not hold a socket forever (slowloris).
    requestTimeout: 30_000,
    connectionTimeout: 65_000,
    keepAliveTimeout: 72_000,
    // A client that is connected while the server stops is served to the end: everything behind is closed after it.
    return503OnClosing: false,
    frameworkErrors: refusePath,
    clientErrorHandler: unreadableRequests(options),
    // A logger for each request is dear; the line of an answer names it itself.
    childLoggerFactory: (logger: FastifyBaseLogger) => logger,
    ...(options.tls ? { https: options.tls } : {}),
  };
  // Made here, since NestJS 11 installs another copy of Fastify for its adapter, which refuses a LogController of this one.
  return new FastifyAdapter(fastify(settings as FastifyServerOptions));
}

/** The functions by which routes outside Nest answer like the others. */
export interface ServerRules {
  /** Fills as routes are added. */
  routes: RouteTable;
  problems: Problems;
}

/** Applies our rules to every route: JSON, origin, headers, problems. Call it before `listen`. Needs `KernelModule`. */
export async function configureServer(
  app: NestFastifyApplication,
  options: ServerOptions,
): Promise<ServerRules> {
  const fastify = app.getHttpAdapter().getInstance();
  const publicOrigin = new URL(options.publicUrl).origin;
  acceptBodies(fastify);
  await fastify.register(fastifyCookie);
  await nameRequests(fastify);
  await addSecurityHeaders(fastify, { publicOrigin, cardOrigin: options.crossOrigin?.origin });
  // Hooks use callbacks: promises would be a tenth of the cost of a guarded read.
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-request-id', request.id);
    const ambiguous = ambiguousHost(request);
    if (ambiguous) return done(ambiguous);
    if (isForAnyOrigin(request)) return done();
    if (!isForCrossOrigin(request, options.crossOrigin)) return done(foreignOrigin(request, publicOrigin));
    letOwnPagesRead(request, reply, publicOrigin);
    if (isPreflight(request, publicOrigin)) return void reply.status(204).send();
    return done(foreignOrigin(request, publicOrigin, OWN_PAGES));
  });
  const hangUp = hangUpWhenClosing(fastify);
  fastify.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply, rules.problems.failureOf(request));
    hangUp();
    done();
  });
  app.useGlobalPipes(new BodyPipe());
  const catalog = app.get(ErrorCatalogService);
  catalog.register(httpErrors, httpFields);
  const rules = { routes: new RouteTable(fastify), problems: new Problems(catalog) };
  app.useGlobalFilters(new ProblemFilter(rules.routes, rules.problems));
  // SIGHUP is the application's: a server reads its certificates again.
  app.enableShutdownHooks([ShutdownSignal.SIGTERM, ShutdownSignal.SIGINT]);
  return rules;
}

/** A protocol route that pages of other origins call, and that never acts by a cookie alone: its `config` says so. */
function isForAnyOrigin({ routeOptions }: FastifyRequest): boolean {
  return (routeOptions.config as { anyOrigin?: boolean }).anyOrigin === true;
}

/** A path that cannot be read is no path of ours. It comes before every hook, so that it brings its own headers. */
function refusePath(error: Error, request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers(HEADERS_OF_DATA).header('x-request-id', request.id);
  const catalog = new ErrorCatalogService();
  catalog.register(httpErrors);
  new Problems(catalog).send(new AppError('not-found', { cause: error }), request, reply);
}

function logAnswer(request: FastifyRequest, reply: FastifyReply, failure?: object): void {
  const { statusCode: status, elapsedTime } = reply;
  const route = request.routeOptions.url ?? 'unknown';
  const line = { requestId: request.id, method: request.method, route, status, ms: Math.round(elapsedTime) };
  request.log[levelOf(request, status)]({ ...line, ...failure }, 'answered');
}

function levelOf({ routeOptions }: FastifyRequest, status: number): 'error' | 'info' | 'debug' {
  if (status >= 500) return 'error';
  const { logsRefusals } = routeOptions.config as { logsRefusals?: boolean };
  return logsRefusals && status === 200 ? 'debug' : 'info';
}
