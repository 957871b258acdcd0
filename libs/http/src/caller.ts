import type { FastifyRequest } from 'fastify';

/** Whose request it is, as the guard of the route found: a person by a session, an application by a token. */
export interface Caller {
  kind: 'person' | 'application';
  id: string;
}

type GuardedRequest = FastifyRequest & { portillonCaller?: Caller };

/** For guards: says whose request it is. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as GuardedRequest).portillonCaller = caller;
}

/** Whose request it is; nothing on a route that is open to anybody. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as GuardedRequest).portillonCaller;
}
