import fastifyHelmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Any path of the API: its answers are data, never a page. */
const DATA_PATHS = ['/api/', '/scim/', '/.well-known/'];
/** The API documentation is a page, although its path belongs to the API. */
const DOCUMENTATION_PATH = '/api/docs';

const DATA_POLICY = "default-src 'none';frame-ancestors 'none'";

/** Sets the headers of an answer without Fastify's hooks, because its request could not be parsed. */
export const HEADERS_OF_DATA = {
  'cache-control': 'no-store',
  'content-security-policy': DATA_POLICY,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

export interface Origins {
  /** The origin people see. */
  publicOrigin: string;
  /** Another one of ours, which the pages speak to. */
  cardOrigin?: string | undefined;
}

/**
 * The headers of OWASP ASVS 5.0, 3.4: only the service's own files run, and framing, sniffing and referrers are forbidden.
 * Helmet's headers, except the content policy: pages and data each have one.
 */
export async function addSecurityHeaders(fastify: FastifyInstance, origins: Origins): Promise<void> {
  const https = origins.publicOrigin.startsWith('https:');
  await fastify.register(fastifyHelmet, {
    contentSecurityPolicy: false,
    xFrameOptions: { action: 'deny' },
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: true },
  });
  const data = { 'cache-control': 'no-store', 'content-security-policy': DATA_POLICY };
  const page = {
    'content-security-policy': pagePolicy(origins, https),
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
  fastify.addHook('onRequest', ({ url }, reply, done) => {
    const isData = DATA_PATHS.some((path) => url.startsWith(path)) && !url.startsWith(DOCUMENTATION_PATH);
    void reply.headers(isData ? data : page);
    done();
  });
}

function pagePolicy({ cardOrigin }: Origins, https: boolean): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    // A logo is looked at before it is kept: the page alone makes such an address, of a file that was chosen.
    "img-src 'self' blob:",
    "font-src 'self'",
    ["connect-src 'self'", cardOrigin].filter(Boolean).join(' '),
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join(';');
}
