import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '@portillon/kernel';

/** RFC 6750, 2.1. The other two ways, in a body or an address, are not taken: addresses are written to logs. */
const HEADER = /^bearer +([A-Za-z0-9._~+/-]+=*)$/i;
/** Longer than any token of ours. */
const LONGEST = 4_096;

/** The token of a request; nothing when the header holds none that could be one. */
export function bearerToken({ headers }: FastifyRequest): string | undefined {
  const token = HEADER.exec(headers.authorization ?? '')?.[1];
  return token !== undefined && token.length <= LONGEST ? token : undefined;
}

type BearerError = { error: 'invalid_token' } | { error: 'insufficient_scope'; scope: string };

/** `WWW-Authenticate` (RFC 6750, 3) with the address of what describes this API (RFC 9728, 5.1). */
export function bearerChallenge(metadataUrl: string, error?: BearerError): string {
  const parts = { realm: 'portillon', ...error, resource_metadata: metadataUrl };
  return `Bearer ${Object.entries(parts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}`;
}

/** @throws AppError `access-token.rejected`, the same whatever is wrong with the token */
export function rejectToken(reply: FastifyReply, metadataUrl: string, detail: string): never {
  void reply.header('www-authenticate', bearerChallenge(metadataUrl, { error: 'invalid_token' }));
  throw new AppError('access-token.rejected', { detail });
}
