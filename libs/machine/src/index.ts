export { machineErrors } from './machine.errors';
export { machineJournal } from './machine.journal';
export { MachineModule } from './machine.module';
export type { MachineOptions } from './machine.options';
