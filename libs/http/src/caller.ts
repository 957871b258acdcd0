import type { FastifyRequest } from 'fastify';

/** The caller, as the route's guard found it: a user by a session, an application by a token. */
export interface Caller {
  kind: 'person' | 'application';
  id: string;
}

type GuardedRequest = FastifyRequest & { portillonCaller?: Caller };

/** Sets the caller of a request. For guards. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as GuardedRequest).portillonCaller = caller;
}

/** The caller; undefined on a public route. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as GuardedRequest).portillonCaller;
}
