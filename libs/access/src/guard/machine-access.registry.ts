import { FactoryProvider, Injectable, Type, SetMetadata } from '@nestjs/common';
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
  admit(request: FastifyRequest, reply: FastifyReply, route: MachineRoute): Promise<Machine>;
  /** The `WWW-Authenticate` for a request without credentials (RFC 6750, 3; RFC 9728, 5.1). */
  challenge(): string;
}

/** The metadata key of {@link MachineRoute}. */
export const MACHINE_ROUTE = 'portillon:machine-door';

/** Opens a route to machine clients with this scope. Null: the route refuses all machine clients. */
export const MachineScope = (scope: string | null) =>
  SetMetadata(MACHINE_ROUTE, { scope } satisfies MachineRoute);

type MachineRequest = FastifyRequest & { portillonMachine?: Machine };

/** Stores the machine client of the token, for the guard. */
export function setMachine(request: FastifyRequest, machine: Machine): void {
  (request as MachineRequest).portillonMachine = machine;
}

/** Returns the machine client that calls; undefined when a user calls. */
export function machineOf(request: FastifyRequest): Machine | undefined {
  return (request as MachineRequest).portillonMachine;
}

/** Holds how machine clients are admitted. The library that knows them registers it ({@link registerMachineAccess}). */
@Injectable()
export class MachineAccessRegistry {
  #access: MachineAccess | undefined;

  register(access: MachineAccess): void {
    this.#access = access;
  }

  /** Undefined where this deployment admits no machine clients: the guard then ignores tokens. */
  get access(): MachineAccess | undefined {
    return this.#access;
  }
}

/** For the providers of a module that imports `AccessModule` and provides `access`. */
export function registerMachineAccess(access: Type<MachineAccess>): FactoryProvider {
  return {
    provide: Symbol('registered machine access'),
    inject: [MachineAccessRegistry, access],
    useFactory: (registry: MachineAccessRegistry, one: MachineAccess) => registry.register(one),
  };
}
