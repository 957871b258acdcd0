import type { FastifyReply } from 'fastify';

/** Tells which version was answered, for the `If-Match` of a change. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}
