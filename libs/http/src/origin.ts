import { AppError } from '@portillon/kernel';
import type { FastifyRequest, FastifyReply } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Returns the refusal of a state-changing request that another site made a browser send (OWASP: cross-site request
 * forgery); undefined when it may pass. A client without `Origin` and `Sec-Fetch-Site` is not a browser, and sends no
 * user's cookies unasked.
 */
export function foreignOrigin(
  request: FastifyRequest,
  publicOrigin: string,
  sites = OWN_SITES,
): AppError | undefined {
  if (SAFE_METHODS.has(request.method)) return undefined;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== publicOrigin) return refused(`origin ${origin.slice(0, 100)}`);
  if (site === undefined || sites.has(String(site))) return undefined;
  return refused(`sec-fetch-site ${String(site)}`);
}

function refused(detail: string): AppError {
  return new AppError('origin.refused', { detail });
}

export interface CrossOrigin {
  /** Such as `https://carte.portillon.example`. */
  origin: string;
  /** The only paths that pages of the public origin may call there. */
  paths: readonly string[];
}

/** Values of `Sec-Fetch-Site` for a call between two origins of one site; `Origin` then names the pages. */
export const OWN_PAGES: ReadonlySet<string> = new Set(['same-origin', 'same-site', 'none']);
/** How long a browser may keep the permission, in seconds. */
const MAX_AGE = '600';

export function isForCrossOrigin(request: FastifyRequest, crossOrigin: CrossOrigin | undefined): boolean {
  return crossOrigin !== undefined && crossOrigin.paths.includes(request.url.split('?', 1)[0]!);
}

/** CORS with credentials, for the service's own pages alone: no other origin is ever named. */
export function letOwnPagesRead(request: FastifyRequest, reply: FastifyReply, publicOrigin: string): void {
  void reply.header('vary', 'Origin');
  if (request.headers.origin !== publicOrigin) return;
  void reply.header('access-control-allow-origin', publicOrigin);
  void reply.header('access-control-allow-credentials', 'true');
  void reply.header('access-control-expose-headers', 'Retry-After');
  if (request.method !== 'OPTIONS') return;
  void reply.header('access-control-allow-methods', 'POST');
  void reply.header('access-control-allow-headers', 'Content-Type');
  void reply.header('access-control-max-age', MAX_AGE);
}

export function isPreflight(request: FastifyRequest, publicOrigin: string): boolean {
  const asked = request.headers['access-control-request-method'];
  return request.method === 'OPTIONS' && asked !== undefined && request.headers.origin === publicOrigin;
}

/**
 * Returns the refusal of a request with two `Host` headers (RFC 9112, 3.2); undefined with one. Node reads the first, but a
 * proxy may have used the other.
 */
export function ambiguousHost({ raw }: FastifyRequest): AppError | undefined {
  const names = raw.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'host').length < 2) return undefined;
  return new AppError('request.malformed', { detail: 'two Host headers' });
}
