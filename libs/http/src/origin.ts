import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

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
