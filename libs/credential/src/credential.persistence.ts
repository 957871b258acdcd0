import { Injectable } from '@nestjs/common';
import { DAY } from '@portillon/kernel';
import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart, DataSubject, PersonalDataSource } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { RECOVERY_OPTIONS } from './credential.options';
import type { RecoveryOptions } from './credential.options';
import { CreateCredential1764000001101 } from './migrations/1764000001101-create-credential';
import { ReportEvents1764600000001 } from './migrations/1764600000001-report-events';
import { PasswordAttemptEntity } from './password-attempt.repository';
import { ResetRequestEntity, USEFUL_MS } from './reset-request.service';
import { AccountTokenEntity } from './tokens/account-token.repository';
import { TOKEN_KEPT_MS } from './tokens/account-token.service';
import { NoticeLinkEntity } from './tokens/notice-link.repository';
import { NOTICE_LINK_MS, NoticeLinkService } from './tokens/notice-link.service';

/** Links and attempts say nothing that the export lacks. A link of a notice holds an address, and is deleted with the account. */
@Injectable()
export class CredentialPersonalData implements PersonalDataSource {
  constructor(private readonly noticeLinks: NoticeLinkService) {}

  export(): Promise<object> {
    return Promise.resolve({});
  }

  erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    return this.noticeLinks.erase(id, tx);
  }
}

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const credentialPersistence: PersistencePart = persistencePart({
  tables: [
    table(PasswordAttemptEntity, {
      purpose: 'Wrong passwords in a row, so that guessing is slow.',
      kept: '{password} after the last one',
      durations: { password: DAY },
      afterRestore: 'kept',
      columns: [
        personal('limits.wrongPasswords', 'nameDigest browserId consecutive nextAttemptAt latest'),
        personal('limits.wrongPasswords', 'lastAttemptAt lockNotedUntilAt'),
      ],
    }),
    table(AccountTokenEntity, {
      purpose: 'Links to choose a password, and invitations.',
      kept: '{after} after they end; the secret goes when the link is used',
      durations: {
        after: TOKEN_KEPT_MS,
        password: (app) => app.get<RecoveryOptions>(RECOVERY_OPTIONS).passwordResetMs,
        invitation: (app) => app.get<RecoveryOptions>(RECOVERY_OPTIONS).invitationMs,
      },
      afterRestore: 'emptied',
      columns: [
        internal('id kind expiresAt'),
        personal('links.linkUse', 'accountId issuedAt context'),
        secret('links.linkDigest', 'secretDigest'),
      ],
    }),
    table(NoticeLinkEntity, {
      purpose: 'Links by which the reader of a notice reports that the event was not theirs.',
      kept: '{after} after they end; they are valid for {valid}',
      durations: { after: TOKEN_KEPT_MS, valid: NOTICE_LINK_MS },
      afterRestore: 'emptied',
      columns: [
        internal('id expiresAt'),
        personal('links.noticeLink', 'accountId event occurredAt mailbox'),
        secret('links.linkDigest', 'secretDigest'),
      ],
    }),
    table(ResetRequestEntity, {
      purpose: 'A request for a link to choose a password, until a worker has read it.',
      kept: 'until it is read, {request} at most',
      durations: { request: USEFUL_MS },
      afterRestore: 'emptied',
      columns: [internal('id'), secret('links.resetRequest', 'sealedRequest')],
    }),
  ],
  migrations: [CreateCredential1764000001101, ReportEvents1764600000001],
  personalData: CredentialPersonalData,
});
