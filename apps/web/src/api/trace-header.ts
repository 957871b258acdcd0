const TRACE_BYTES = 16;
const SPAN_BYTES = 8;

/** New with each load of the page, kept nowhere. */
const traceId = hex(TRACE_BYTES);

/**
 * Has the requests of one sign-in, the password's and the code's, be one trace for who operates the service: a
 * `traceparent` (W3C Trace Context) under which the server puts what it does for them.
 */
export function traceSignIn(request: Request): void {
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin || !pathname.startsWith('/api/sign-in/')) return;
  request.headers.set('traceparent', `00-${traceId}-${hex(SPAN_BYTES)}-00`);
}

function hex(bytes: number): string {
  const drawn = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(drawn, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
