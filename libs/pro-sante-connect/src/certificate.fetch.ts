import type { CustomFetch } from 'openid-client';
import { request, RequestOptions } from 'node:https';
import { request as plainRequest } from 'node:http';

/** `fetch` that presents our certificate to PSC (RFC 8705): Node's own takes none without a package more. */
export function fetchWithCertificate(certificate: { cert: string; key: string }): CustomFetch {
  return (url, { method, headers, body, signal }) =>
    send(new URL(url), { method, headers, signal: signal ?? undefined, ...certificate }, bodyOf(body));
}

function send(url: URL, options: RequestOptions, body: string | undefined): Promise<Response> {
  const open = url.protocol === 'https:' ? request : plainRequest;
  return new Promise((resolve, reject) => {
    const outgoing = open(url, options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => resolve(toResponse(incoming.statusCode!, incoming.headers, chunks)));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

function toResponse(status: number, headers: Record<string, unknown>, chunks: Buffer[]): Response {
  const contentType = typeof headers['content-type'] === 'string' ? headers['content-type'] : '';
  const empty = status === 204 || status === 304;
  return new Response(empty ? null : Buffer.concat(chunks), {
    status,
    headers: { 'content-type': contentType },
  });
}

function bodyOf(body: unknown): string | undefined {
  if (body === undefined || body === null) return undefined;
  return body instanceof URLSearchParams || typeof body === 'string' ? body.toString() : undefined;
}
