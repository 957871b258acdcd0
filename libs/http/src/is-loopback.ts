const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host, as an address or as a URL writes it, is this machine itself: what goes there stays on no wire. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
