export { lockerDeskJournal } from './locker-desk.journal';
export { LockerDeskModule } from './locker-desk.module';
export type { LockerDeskOptions } from './locker-desk.options';
export { lockerDeskPurposes } from './locker-desk.purposes';
