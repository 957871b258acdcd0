export type {} from './locker-key.errors';
export type {} from './locker-key.factor';
export type {} from './locker-key.journal';
export { LockerKeyModule } from './locker-key.module';
