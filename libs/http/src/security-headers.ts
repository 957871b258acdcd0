/** Any path of the API: its answers are data, never a page. */
export const API_PATH = '/api/';

const CONNECT = "connect-src 'self'";

const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  CONNECT,
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

/**
 * The headers of OWASP ASVS 5.0, 3.4: only the service's own files run; nothing is framed, sniffed or referred.
 * They are constants of the deployment, made once: helmet makes its dozen anew for each answer.
 */
export class SecurityHeaders {
  readonly #pages: Record<string, string>;
  readonly #data: Record<string, string>;

  /** `cardOrigin`: another origin of ours that the pages speak to. */
  constructor(publicOrigin: string, cardOrigin?: string) {
    const https = publicOrigin.startsWith('https:');
    const everywhere = {
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      ...(https ? { 'strict-transport-security': 'max-age=31536000; includeSubDomains' } : {}),
    };
    const rules = [...PAGE_POLICY, ...(https ? ['upgrade-insecure-requests'] : [])];
    const policy = rules
      .map((one) => (one === CONNECT && cardOrigin ? `${one} ${cardOrigin}` : one))
      .join(';');
    this.#pages = {
      ...everywhere,
      'content-security-policy': policy,
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    };
    this.#data = {
      ...everywhere,
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    };
  }

  /** Those of an answer to `url`. The API's documentation is a page under the API's path. */
  of(url: string): Record<string, string> {
    return url.startsWith(API_PATH) && !url.startsWith('/api/docs') ? this.#data : this.#pages;
  }
}
