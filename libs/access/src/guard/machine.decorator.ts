import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Machine, MachineRoute } from './machine.types';

/** The metadata key of {@link MachineRoute}. */
export const MACHINE_DOOR = 'portillon:machine-door';

/** Opens a route to machine clients with this scope. Null: the route refuses all machine clients. */
export const MachineScope = (scope: string | null) =>
  SetMetadata(MACHINE_DOOR, { scope } satisfies MachineRoute);

type MachineRequest = FastifyRequest & { portillonMachine?: Machine };

/** Stores the machine client of the token, for the guard. */
export function setMachine(request: FastifyRequest, machine: Machine): void {
  (request as MachineRequest).portillonMachine = machine;
}

/** Returns the machine client that calls; undefined when a user calls. */
export function machineOf(request: FastifyRequest): Machine | undefined {
  return (request as MachineRequest).portillonMachine;
}
