import type { IncomingMessage } from 'node:http';
import fastifyRequestContext, { requestContext } from '@fastify/request-context';
import type { FastifyInstance } from 'fastify';
import { isAmong, type Random } from '@portillon/kernel';

declare module '@fastify/request-context' {
  interface RequestContextData {
    requestId: string;
  }
}

/** As nginx makes them, or a UUID. */
const REQUEST_ID = /^[0-9a-f]{32}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A trusted proxy has given the request an id already, for its own log: one id is good for both. Others' are not read. */
export function requestIds(random: Random, trustedProxies: readonly string[] = []) {
  return ({ headers, socket }: IncomingMessage): string => {
    const given = headers['x-request-id'];
    const believed =
      typeof given === 'string' && REQUEST_ID.test(given) && isAmong(socket.remoteAddress, trustedProxies);
    return believed ? given : random.id();
  };
}

/** Makes the id of a request known to everything that is done for it. */
export async function nameRequests(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyRequestContext, { defaultStoreValues: ({ id }) => ({ requestId: id }) });
}

/** The id of the request that is being answered, for a line of the log; nothing where no request asked. */
export function currentRequestId(): string | undefined {
  return requestContext.get('requestId');
}
