import type { FastifyRequest } from 'fastify';

export type SentHeaders = Record<string, string | string[]>;

export interface Sent {
  method?: string;
  url?: string;
  /** The address of the connection. */
  peer?: string;
}

export const PROXY = '10.0.0.2';
export const NAVIGATION = {
  accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-user': '?1',
};

/** A check as it comes in from a proxy; a header with several values was sent so many times. */
export function proxied(
  sent: SentHeaders,
  { method = 'GET', url = '/', peer = PROXY }: Sent = {},
): FastifyRequest {
  const headers = { ...NAVIGATION, ...sent };
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value]),
  );
  const raw = { rawHeaders: lines.flat(), url, socket: { remoteAddress: peer } };
  const joined = Object.entries(headers).map(([name, values]) => [
    name.toLowerCase(),
    [values].flat().join(', '),
  ]);
  return { raw, method, url, headers: Object.fromEntries(joined) } as unknown as FastifyRequest;
}

/** What Traefik and Caddy send of a navigation to `uri`. */
export function forwarded(uri: string, more: SentHeaders = {}): SentHeaders {
  return {
    'X-Forwarded-Method': 'GET',
    'X-Forwarded-Proto': 'https',
    'X-Forwarded-Host': 'app.example',
    'X-Forwarded-Uri': uri,
    ...more,
  };
}
