import type { FastifyReply, FastifyRequest } from 'fastify';

/** An application that calls in its own name, without a user: the facts of its token and its registration. */
export interface Machine {
  applicationId: string;
  /** Its own structure; null: it reaches every one. */
  structureId: string | null;
  /** What it may do, as its token and its registration both say. */
  scopes: readonly string[];
}

/** What a route asks of a machine: the scope that opens it; null: no machine goes through. */
export interface MachineRoute {
  scope: string | null;
}

/** Reads the tokens of machines: registered by the lib that knows them. */
export interface MachineAccess {
  /**
   * The machine of a request that bears a token.
   * @throws AppError `access-token.rejected`, `scope.insufficient`, `permission.denied`, `requests.exceeded`
   */
  admit(request: FastifyRequest, reply: FastifyReply, door: MachineRoute): Promise<Machine>;
  /** The `WWW-Authenticate` of a request that bears nothing (RFC 6750, 3; RFC 9728, 5.1). */
  challenge(): string;
}
