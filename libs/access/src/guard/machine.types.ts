import type { FastifyReply, FastifyRequest } from 'fastify';

/** An application that calls in its own name, without a user: the facts of its token and its registration. */
export interface Machine {
  applicationId: string;
  /** Its own structure; null: it reaches every one. */
  structureId: string | null;
  /** The scopes that both its token and its registration allow. */
  scopes: readonly string[];
}

/** The scope that a route requires of a machine; null: machines are refused. */
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
  /** The `WWW-Authenticate` for a request without credentials (RFC 6750, 3; RFC 9728, 5.1). */
  challenge(): string;
}
