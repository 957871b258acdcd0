import type { PersistencePart } from '@portillon/persistence';
import { AuditEventEntity } from './audit-event.entity';
import { CreateAudit1764000005001 } from './migrations/1764000005001-create-audit';

/** The table of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const auditPersistence: PersistencePart = {
  entities: [AuditEventEntity],
  migrations: [CreateAudit1764000005001],
};
