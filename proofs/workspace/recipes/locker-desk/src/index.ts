export type {} from './locker-desk.journal';
export { LockerDeskModule } from './locker-desk.module';
export type { LockerDeskOptions } from './locker-desk.options';
export type {} from './locker-desk.purposes';
