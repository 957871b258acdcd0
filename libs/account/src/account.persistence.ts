import type { PersistencePart } from '@portillon/persistence';
import { AccountTermEntity } from './account-term.entity';
import { AccountTokenEntity } from './account-token.entity';
import { AccountEntity } from './account.entity';
import { EmailChangeEntity } from './email-change.entity';
import { AddRecovery1764000001201 } from './migrations/1764000001201-add-recovery';
import { CreateAccountTables1764000001000 } from './migrations/create-account-tables';
import { AdministerAccounts1764000001101 } from './migrations/1764000001101-administer-accounts';
import { PasswordAttemptEntity } from './password-attempt.entity';
import { ResetRequestEntity } from './reset-request.entity';
import { StructureEntity } from './structure.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const accountPersistence: PersistencePart = {
  entities: [
    AccountEntity,
    StructureEntity,
    PasswordAttemptEntity,
    AccountTermEntity,
    AccountTokenEntity,
    ResetRequestEntity,
    EmailChangeEntity,
  ],
  migrations: [CreateAccountTables1764000001000, AdministerAccounts1764000001101, AddRecovery1764000001201],
};
