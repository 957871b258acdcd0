import type { PersistencePart } from '@portillon/persistence';
import { AccountEntity } from './account.entity';
import { CreateAccountTables1764000001000 } from './migrations/create-account-tables';
import { PasswordAttemptEntity } from './password-attempt.entity';
import { StructureEntity } from './structure.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = {
  entities: [AccountEntity, StructureEntity, PasswordAttemptEntity],
  migrations: [CreateAccountTables1764000001000],
};
