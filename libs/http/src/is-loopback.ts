const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i;

/** Whether a host, as an address or in the form of a URL, is this machine itself: its traffic stays off the network. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
