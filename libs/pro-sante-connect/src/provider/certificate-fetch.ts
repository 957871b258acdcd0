import type { RequestInit } from 'undici';

/**
 * `fetch` with our client certificate (RFC 8705), which Node's own `fetch` does not support; documented by `openid-client`.
 * Loaded only when a certificate is configured.
 */
export async function certificateFetch(certificate: { cert: string; key: string }): Promise<typeof fetch> {
  const undici = await import('undici');
  const dispatcher = new undici.Agent({ connect: certificate });
  const ask = (url: string, options: RequestInit) => undici.fetch(url, { ...options, dispatcher });
  return ask as unknown as typeof fetch;
}
