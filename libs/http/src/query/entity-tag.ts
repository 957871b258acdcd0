import type { FastifyReply } from 'fastify';

/** Sends the version of the resource, for the `If-Match` of a change. */
export function setVersion(reply: FastifyReply, version: number): void {
  void reply.header('etag', `"${version}"`);
}
