import { AppError } from '@portillon/kernel';
import type { FastifyRequest } from 'fastify';

/**
 * The refusal of a request with two `Host` headers (RFC 9112, 3.2); nothing when it has one. Node reads the first, and a
 * proxy in front may have gone by the other.
 */
export function ambiguousHost({ raw }: FastifyRequest): AppError | undefined {
  const names = raw.rawHeaders.filter((_, index) => index % 2 === 0);
  if (names.filter((name) => name.toLowerCase() === 'host').length < 2) return undefined;
  return new AppError('request.malformed', { detail: 'two Host headers' });
}
