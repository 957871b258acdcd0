/** New at each page load, and not stored. */
const traceId = drawn(16);

/**
 * Joins the requests of one sign-in, for the password and the code, in one trace for operators. The server records its
 * work for them under this `traceparent` (W3C Trace Context).
 */
export function traceSignIn({ url, headers }: Request): void {
  if (url.startsWith(`${location.origin}/api/sign-in/`))
    headers.set('traceparent', `00-${traceId}-${drawn(8)}-00`);
}

/** Returns this number of random bytes, each as two hexadecimal digits. */
function drawn(bytes: number): string {
  return [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((byte) => (byte + 256).toString(16).slice(1))
    .join('');
}
