import { subscribe } from 'node:diagnostics_channel';
import { context, Span, SpanKind, trace, Tracer } from '@opentelemetry/api';
import { endBadly } from './call-spans';

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
