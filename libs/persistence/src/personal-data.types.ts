import type { EntityManager } from 'typeorm';

/** The account holder, as the account was before anything was erased. */
export interface DataSubject {
  id: string;
  username: string;
  nationalId: string | null;
}

/** Content of an export, by name. Each library adds its own: `declare module '@portillon/persistence'`. */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- libraries fill it
export interface PersonalRecords {}

/** The personal data of one library. */
export interface PersonalDataSource {
  /** Without secrets. */
  export(subject: DataSubject): Promise<Partial<PersonalRecords>>;
  /** Deletes what would still identify the account holder, after everything that the account opened has ended. */
  erase(subject: DataSubject, tx: EntityManager): Promise<void>;
}
