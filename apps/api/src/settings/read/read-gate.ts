import type { EnvironmentReader } from '../environment-reader';
import type { Settings } from '../settings';

const SHORTEST_SECRET = 16;

/** The proxies that ask whether a request may pass; none unless named. */
export function gate(read: EnvironmentReader): Settings['gate'] {
  const proxies = read.addresses('GATE_PROXIES');
  const proxySecret = read.text('GATE_PROXY_SECRET');
  if (proxySecret && proxySecret.length < SHORTEST_SECRET)
    read.refuse('GATE_PROXY_SECRET', `must have at least ${SHORTEST_SECRET} characters`);
  if (proxySecret && !read.text('GATE_PROXIES'))
    read.refuse('GATE_PROXIES', 'is required with GATE_PROXY_SECRET: it names the proxies');
  return { proxies, proxySecret };
}
