import type { PersistencePart } from '@portillon/persistence';
import { AuditCounterEntity } from './statistics/audit-counter.entity';
import { AuditProofEntity } from './proof/audit-proof.entity';
import { AuditEventEntity } from './journal/audit-event.entity';
import { AuditReadingEntity } from './readings/audit-reading.entity';
import { AuditSealEntity } from './seal/audit-seal.entity';
import { AuditStreamEntity } from './stream/audit-stream.entity';
import { CreateAuditStream1764202000001 } from './migrations/1764202000001-create-audit-stream';
import { CreateAuditProof1764300005001 } from './migrations/1764300005001-create-audit-proof';
import { CreateAuditReading1764302005001 } from './migrations/1764302005001-create-audit-reading';
import { CreateAudit1764000005001 } from './migrations/1764000005001-create-audit';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const auditPersistence: PersistencePart = {
  entities: [
    AuditEventEntity,
    AuditSealEntity,
    AuditCounterEntity,
    AuditStreamEntity,
    AuditProofEntity,
    AuditReadingEntity,
  ],
  migrations: [
    CreateAudit1764000005001,
    CreateAuditStream1764202000001,
    CreateAuditProof1764300005001,
    CreateAuditReading1764302005001,
  ],
  keyed: [{ entity: AuditSealEntity, property: 'signature', what: 'seals of the journal', vouched: true }],
  // Who has the account that serves cannot change what a line says, nor take a seal away.
  restricted: [
    { entity: AuditEventEntity, rights: ['SELECT', 'INSERT', 'DELETE'], changes: ['sealSequence'] },
    { entity: AuditSealEntity, rights: ['SELECT', 'INSERT'] },
  ],
  afterRestore: {
    // Asked for of a journal that is no more; and its end, with the lines of that hour, may be lost.
    emptied: [AuditProofEntity, AuditReadingEntity],
    kept: [AuditEventEntity, AuditSealEntity, AuditCounterEntity, AuditStreamEntity],
  },
};
