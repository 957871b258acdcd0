import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

/**
 * Returns the refusal of a request with two `Host` headers (RFC 9112, 3.2); undefined with one. Node reads the first, but a
 * proxy may have used the other.
 */
export function ambiguousHost({ raw }: FastifyRequest): AppError | undefined {
  const names = raw.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'host').length < 2) return undefined;
  return new AppError('request.malformed', { detail: 'two Host headers' });
}
