export { lockerKeyErrors } from './locker-key.errors';
export { lockerKeyFactor } from './locker-key.factor';
export { lockerKeyJournal } from './locker-key.journal';
export { LockerKeyModule } from './locker-key.module';
