import type { PersistencePart } from '@portillon/persistence';
import { AccountImportEntity, AccountImportLineEntity } from './imports/account-import.entity';
import { AccountTermEntity } from './account-term.entity';
import { AccountTokenEntity } from './account-token.entity';
import { AccountEntity } from './account.entity';
import { EmailChangeEntity } from './email-change.entity';
import { ImportAccounts1764000001301 } from './migrations/1764000001301-import-accounts';
import { AddRecovery1764000001201 } from './migrations/1764000001201-add-recovery';
import { NarrowPasswordAttempt1764000001401 } from './migrations/1764000001401-narrow-password-attempt';
import { IndexImportedAccounts1764000001601 } from './migrations/1764000001601-index-imported-accounts';
import { NotePasswordLocks1764000001501 } from './migrations/1764000001501-note-password-locks';
import { WidenNames1764000001701 } from './migrations/1764000001701-widen-names';
import { CreateAccountTables1764000001000 } from './migrations/create-account-tables';
import { AdministerAccounts1764000001101 } from './migrations/1764000001101-administer-accounts';
import { PasswordAttemptEntity } from './password-attempt.entity';
import { ResetRequestEntity } from './reset-request.entity';
import { StructureEntity } from './structure.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = {
  entities: [
    AccountImportEntity,
    AccountImportLineEntity,
    AccountEntity,
    StructureEntity,
    PasswordAttemptEntity,
    AccountTermEntity,
    AccountTokenEntity,
    ResetRequestEntity,
    EmailChangeEntity,
  ],
  migrations: [
    CreateAccountTables1764000001000,
    AdministerAccounts1764000001101,
    AddRecovery1764000001201,
    ImportAccounts1764000001301,
    NarrowPasswordAttempt1764000001401,
    NotePasswordLocks1764000001501,
    IndexImportedAccounts1764000001601,
    WidenNames1764000001701,
  ],
};
