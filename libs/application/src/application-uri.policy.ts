/** Fault of an address; see {@link applicationFields}. */
export type UriFault = 'uri-invalid' | 'uri-not-https' | 'uri-fragment' | 'uri-wildcard';

/** Where a sign-in of the gate comes back to, on the host of its application. */
export const GATE_CALLBACK = '/.portillon/callback';
const LONGEST = 1_000;
/** Printable ASCII without characters that parsers read differently: no space, backslash, quote or angle bracket. */
const TEXT = /^[!#-;=?-[\]_a-z~]+$/u;
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];
/** Private scheme of an application: its domain reversed (RFC 8252, 7.1). */
const OWN_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/u;

/** Returns the fault of a page address; nothing for https, or for http on the machine itself. */
export function pageFault(text: string): UriFault | undefined {
  return wordFault(text) ?? secureFault(new URL(text));
}

/** As {@link pageFault}, but the redirect URI of a native application may have a private scheme. */
export function nativeFault(text: string): UriFault | undefined {
  const fault = wordFault(text);
  if (fault) return fault;
  const uri = new URL(text);
  return OWN_SCHEME.test(uri.protocol) ? undefined : secureFault(uri);
}

/** As {@link pageFault}, without loopback: in production `http://localhost` is a page on the visitor's machine. */
export function remoteFault(text: string): UriFault | undefined {
  return wordFault(text) ?? (new URL(text).protocol === 'https:' ? undefined : 'uri-not-https');
}

/** Whether the gate knows the site of this redirect address: a sign-in comes back to no other. */
export function isGateCallback(text: string): boolean {
  const { pathname, search } = new URL(text);
  return pathname === GATE_CALLBACK && search === '';
}

export function isLoopbackHost(hostname: string): boolean {
  return LOOPBACK.includes(hostname);
}

function wordFault(text: string): UriFault | undefined {
  if (text.includes('*')) return 'uri-wildcard';
  if (text.includes('#')) return 'uri-fragment';
  if (text.length > LONGEST || !TEXT.test(text) || !URL.canParse(text)) return 'uri-invalid';
  const { username, password } = new URL(text);
  return username || password ? 'uri-invalid' : undefined;
}

function secureFault({ protocol, hostname }: URL): UriFault | undefined {
  if (protocol === 'https:') return undefined;
  return protocol === 'http:' && isLoopbackHost(hostname) ? undefined : 'uri-not-https';
}
