/** New with each load of the page, kept nowhere. */
const traceId = drawn(16);

/**
 * Has the requests of one sign-in, the password's and the code's, be one trace for who operates the service: a
 * `traceparent` (W3C Trace Context) under which the server puts what it does for them.
 */
export function traceSignIn({ url, headers }: Request): void {
  if (url.startsWith(`${location.origin}/api/sign-in/`))
    headers.set('traceparent', `00-${traceId}-${drawn(8)}-00`);
}

/** So many bytes of chance, each as two digits. */
function drawn(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((byte) => (byte + 256).toString(16).slice(1))
    .join('');
}
