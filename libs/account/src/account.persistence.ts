import type { PersistencePart } from '@portillon/persistence';
import { AccountTermEntity } from './account-term.entity';
import { AccountEntity } from './account.entity';
import { EmailChangeEntity } from './email-change.entity';
import { AccountImportEntity, AccountImportLineEntity } from './imports/account-import.entity';
import { CreateAccount1764000001001 } from './migrations/1764000001001-create-account';
import { StructureEntity } from './structure.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = {
  entities: [
    StructureEntity,
    AccountEntity,
    AccountTermEntity,
    AccountImportEntity,
    AccountImportLineEntity,
    EmailChangeEntity,
  ],
  migrations: [CreateAccount1764000001001],
};
