import type { Random } from '@portillon/kernel';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { httpErrors } from './http.errors';
import { problemType } from './problems';
import { HEADERS_OF_DATA } from './security-headers';

type Code = 'headers.too-large' | 'request.malformed';

const HEADERS_OVERFLOW = 'HPE_HEADER_OVERFLOW';
const TIMED_OUT = 'ERR_HTTP_REQUEST_TIMEOUT';
const REQUEST_TIMEOUT = 408;

/**
 * Answers a request whose first line or headers cannot be read. No reply object and no language exist yet, so it writes the
 * problem document to the socket, in French, and closes the connection.
 */
export function unreadableRequests({ logger, random }: { logger: FastifyBaseLogger; random: Random }) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const code = error.code === HEADERS_OVERFLOW ? 'headers.too-large' : 'request.malformed';
    const status = error.code === TIMED_OUT ? REQUEST_TIMEOUT : httpErrors[code].status;
    const requestId = random.id();
    // Never includes the sent bytes: they may contain a cookie.
    logger.info({ requestId, code, status }, 'unreadable request');
    if (socket.writable) socket.write(answer(status, requestId, code));
    socket.destroySoon();
  };
}

function answer(status: number, requestId: string, code: Code): string {
  const body = JSON.stringify({ type: problemType(code), ...httpErrors[code].fr, status, code, requestId });
  const lines = Object.entries({
    ...HEADERS_OF_DATA,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    'x-request-id': requestId,
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}

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
