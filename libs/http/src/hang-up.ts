import type { FastifyInstance } from 'fastify';
import { Server as TlsServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Ends the connections that would hold a stop up for longer than a process manager waits before the kill:
 *
 * - one whose answer was under way is kept alive like any other, for as long as the keep-alive lasts; call what is
 *   returned after each answer;
 * - one that never asked anything, which browsers open in advance, is not idle for Node, which waits for its request.
 */
export function hangUpWhenClosing(fastify: FastifyInstance): () => void {
  let closing = false;
  const silent = silentConnections(fastify);
  fastify.addHook('preClose', (done) => {
    closing = true;
    for (const socket of silent) socket.destroy();
    done();
  });
  return () => {
    if (closing) setImmediate(() => fastify.server.closeIdleConnections());
  };
}

function silentConnections({ server }: FastifyInstance): Set<Socket> {
  const silent = new Set<Socket>();
  server.on(server instanceof TlsServer ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => silent.delete(socket));
  return silent;
}
