import type { FastifyRequest } from 'fastify';

/** The caller, as the route's guard found it: a person by a session, an application by a token. */
export interface Caller {
  kind: 'person' | 'application';
  id: string;
}

type GuardedRequest = FastifyRequest & { portillonCaller?: Caller };

/** For guards: says whose request it is. */
export function setCaller(request: FastifyRequest, caller: Caller): void {
  (request as GuardedRequest).portillonCaller = caller;
}

/** The caller; undefined on a public route. */
export function callerOf(request: FastifyRequest): Caller | undefined {
  return (request as GuardedRequest).portillonCaller;
}
