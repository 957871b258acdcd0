import { tracingChannel, subscribe } from 'node:diagnostics_channel';
import {
  context,
  Span,
  SpanKind,
  SpanStatusCode,
  trace,
  Tracer,
  propagation,
  ROOT_CONTEXT,
} from '@opentelemetry/api';
import type { TracedCall } from '@portillon/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';

type Call = TracedCall & { error?: unknown };

/** Creates a span for each external call that a request waits for: statements, mails, SMS. Jobs have none. */
export function followCalls(tracer: Tracer): void {
  const spans = new WeakMap<Call, Span>();
  tracingChannel<unknown, Call>('portillon.call').subscribe({
    start(call) {
      if (!trace.getSpan(context.active())) return;
      const { name, attributes } = call;
      spans.set(call, tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }));
    },
    error(call) {
      endBadly(spans.get(call), call.error);
      spans.delete(call);
    },
    end: () => undefined,
    asyncStart: () => undefined,
    asyncEnd: (call) => spans.get(call)?.end(),
  });
}

/** Names an error by its code or class: its message may contain an address or a name. */
function endBadly(span: Span | undefined, error: unknown): void {
  const { code, name = 'unknown' } = error as { code?: string; name?: string };
  span?.setAttribute('error.type', code ?? name);
  span?.setStatus({ code: SpanStatusCode.ERROR });
  span?.end();
}

/** Request events that undici publishes, and with it Node's `fetch`. */
interface FetchMessage {
  request: { origin?: string | URL; method?: string };
  response?: { statusCode: number };
  error?: unknown;
}

/**
 * Creates a span for each HTTP request that a request of ours waits for, such as to Pro Santé Connect. Adds no header to
 * it.
 */
export function followFetches(tracer: Tracer): void {
  const spans = new WeakMap<object, Span>();
  const hear = (event: string, listener: (message: FetchMessage) => void) =>
    subscribe(`undici:request:${event}`, (message) => listener(message as FetchMessage));
  hear('create', ({ request }) => {
    if (!trace.getSpan(context.active())) return;
    const { method = 'GET', origin } = request;
    const attributes = { 'http.request.method': method, 'server.address': hostOf(origin) };
    spans.set(request, tracer.startSpan(method, { kind: SpanKind.CLIENT, attributes }));
  });
  hear('headers', ({ request, response }) =>
    spans.get(request)?.setAttribute('http.response.status_code', response!.statusCode),
  );
  hear('trailers', ({ request }) => spans.get(request)?.end());
  hear('error', ({ request, error }) => endBadly(spans.get(request), error));
}

/** Returns the host of the called service, without its path or query. */
function hostOf(origin?: string | URL): string {
  return origin === undefined ? 'unknown' : new URL(origin).hostname;
}

/** Creates a span for each request, with the request's id, under its `traceparent` (W3C Trace Context). */
export function followRequests(server: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  server.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    // Tracestate and baggage are ignored: a stranger's text there would reach the collector.
    const parent = propagation.extract(ROOT_CONTEXT, { traceparent });
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const attributes = {
      'http.request.method': method,
      'http.route': route,
      'portillon.request.id': request.id,
    };
    const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    spans.set(request, span);
    context.with(trace.setSpan(parent, span), done);
  });
  server.addHook('onResponse', (request, { statusCode }, done) => {
    const span = spans.get(request);
    span?.setAttribute('http.response.status_code', statusCode);
    if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
