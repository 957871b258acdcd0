import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Machine, MachineRoute } from './machine.types';

/** The metadata key of {@link MachineRoute}. */
export const MACHINE_DOOR = 'portillon:machine-door';

/** Marks a route for machines too: the scope that opens it, or null when none does. */
export const MachineScope = (scope: string | null) =>
  SetMetadata(MACHINE_DOOR, { scope } satisfies MachineRoute);

type MachineRequest = FastifyRequest & { portillonMachine?: Machine };

/** The machine of the token, for the guard. */
export function setMachine(request: FastifyRequest, machine: Machine): void {
  (request as MachineRequest).portillonMachine = machine;
}

/** The machine that asks; nothing when a person does. */
export function machineOf(request: FastifyRequest): Machine | undefined {
  return (request as MachineRequest).portillonMachine;
}
