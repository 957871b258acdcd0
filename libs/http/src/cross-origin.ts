import type { FastifyReply, FastifyRequest } from 'fastify';

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
