import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

const OWN_SITES: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Refuses a state-changing request that another site made a browser send (OWASP: cross-site request forgery).
 * A client that sends neither `Origin` nor `Sec-Fetch-Site` is no browser and carries nobody's cookies unasked.
 *
 * @throws AppError `origin.refused`
 */
export function refuseForeignOrigin(request: FastifyRequest, publicOrigin: string, sites = OWN_SITES): void {
  if (SAFE_METHODS.has(request.method)) return;
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== publicOrigin) throw refused(`origin ${origin.slice(0, 100)}`);
  if (site !== undefined && !sites.has(String(site))) throw refused(`sec-fetch-site ${String(site)}`);
}

function refused(detail: string): AppError {
  return new AppError('origin.refused', 'forbidden', { detail });
}
