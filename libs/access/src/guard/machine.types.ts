import type { FastifyReply, FastifyRequest } from 'fastify';

/** An application that calls in its own name, without a user: the facts of its token and its registration. */
export interface Machine {
  applicationId: string;
  /** Its own structure; null: it has access to every structure. */
  structureId: string | null;
  /** The scopes that both its token and its registration allow. */
  scopes: readonly string[];
}

/** The scope that a route requires of a machine client; null: machine clients are refused. */
export interface MachineRoute {
  scope: string | null;
}

/** Verifies the tokens of machine clients. The library that knows them registers it. */
export interface MachineAccess {
  /**
   * Returns the machine client of a request that has a token.
   * @throws AppError `access-token.rejected`, `scope.insufficient`, `permission.denied`, `requests.exceeded`
   */
  admit(request: FastifyRequest, reply: FastifyReply, door: MachineRoute): Promise<Machine>;
  /** The `WWW-Authenticate` for a request without credentials (RFC 6750, 3; RFC 9728, 5.1). */
  challenge(): string;
}
