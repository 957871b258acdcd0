import { internal, persistencePart, PersistencePart, published, table } from '@portillon/persistence';
import { CreateLegalNotice1764300007001 } from './migrations/1764300007001-create-legal-notice';
import { LegalNoticeEntity } from './operator/legal-notice.repository';
import { SetupConfirmationEntity } from './operator/setup-confirmation.repository';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const administrationSetupPersistence: PersistencePart = persistencePart({
  tables: [
    table(LegalNoticeEntity, {
      purpose: 'What the law has the operator publish; the names in it are there to be published.',
      kept: 'until it is changed; one row',
      afterRestore: 'kept',
      columns: [
        published('publisherName publisherAddress publisherPhone publicationDirector hostName hostAddress'),
        published('hostPhone hostCertification dataProtectionEmail accessibilityState'),
        published('accessibilityAuditedOn accessibilityAuditor accessibilityEmail updatedAt'),
        internal('id version'),
      ],
    }),
    table(SetupConfirmationEntity, {
      purpose: 'Steps of the first hour that an administrator confirmed.',
      kept: 'as long as the service',
      afterRestore: 'kept',
      columns: [internal('step confirmedAt keyIds')],
    }),
  ],
  migrations: [CreateLegalNotice1764300007001],
  personalData: { none: 'The names in a legal notice are there to be published.' },
});
