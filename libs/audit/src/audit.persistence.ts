import { internal, persistencePart, personal, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { AuditCounterEntity } from './statistics/audit-counter.repository';
import { AuditProofEntity } from './proof/audit-proof.repository';
import { AuditEventEntity } from './journal/audit-event.entity';
import { AuditReadingEntity } from './journal/reading-journal.service';
import { AuditSealEntity } from './seal/audit-seal.repository';
import { AuditStreamEntity } from './stream/audit-stream.repository';
import { CreateAuditStream1764202000001 } from './migrations/1764202000001-create-audit-stream';
import { CreateAuditProof1764300005001 } from './migrations/1764300005001-create-audit-proof';
import { CreateAuditReading1764302005001 } from './migrations/1764302005001-create-audit-reading';
import { CreateAudit1764000005001 } from './migrations/1764000005001-create-audit';
import { AuditPersonalData } from './audit.personal-data';
import { AuditPolicy } from './audit.options';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const auditPersistence: PersistencePart = persistencePart({
  tables: [
    table(AuditEventEntity, {
      purpose: 'The journal, who did what, when, from where, with what result.',
      kept: '{kept} after it was written, or as many months as `AUDIT_RETENTION_MONTHS` says, 6 at least',
      durations: { kept: (app) => app.get(AuditPolicy).keptMs },
      stated: { journal: 'kept' },
      legalBasis: 'CNIL on journals (2021-122), 6 to 12 months',
      afterRestore: 'kept',
      columns: [
        internal('mark sealSequence'),
        personal('journal.act', 'id happenedAt name outcome requestId reason data'),
        personal('journal.concerned', 'accountId actorId structureId'),
        personal('journal.meansUsed', 'means channel'),
        personal('journal.network', 'address'),
        personal('journal.browserName', 'device'),
      ],
    }),
    table(AuditSealEntity, {
      purpose: 'The chain of seals by which a change of the journal is found.',
      kept: 'as long as the service; it outlives its lines, and says nothing of them',
      afterRestore: 'kept',
      columns: [
        internal('sequence firstId lastId lineCount unmarkedCount youngestAt linesDigest purgedThrough'),
        internal('previousDigest sealedAt digest signature'),
      ],
    }),
    table(AuditCounterEntity, {
      purpose: 'How many sign-ins, refusals and means a day, for the statistics.',
      kept: 'as long as the service; numbers alone, by structure and day',
      section: 'statistics',
      afterRestore: 'kept',
      columns: [internal('structureId day metric means channel total')],
    }),
    table(AuditStreamEntity, {
      purpose: 'How far the collector of the journal is.',
      kept: 'as long as the service; one row',
      afterRestore: 'kept',
      columns: [internal('id sealSequence lineId heldBy heldUntilAt')],
    }),
    table(AuditProofEntity, {
      purpose: 'That an administrator had the journal proven, and the result.',
      kept: 'until the next one; one row',
      afterRestore: 'emptied',
      columns: [
        internal('id noted readLines totalLines heldBy heldUntilAt endedAt result'),
        personal('journal.proofAsked', 'askedBy askedAt'),
      ],
    }),
    table(AuditReadingEntity, {
      purpose: 'That the journal has its line of who read whose account or journal in an hour.',
      kept: 'until the hour is over',
      afterRestore: 'emptied',
      columns: [personal('journal.act', 'hourAt name'), personal('journal.concerned', 'readerId subjectId')],
    }),
  ],
  migrations: [
    CreateAudit1764000005001,
    CreateAuditStream1764202000001,
    CreateAuditProof1764300005001,
    CreateAuditReading1764302005001,
  ],
  keyed: [{ entity: AuditSealEntity, property: 'signature', what: 'seals of the journal', vouched: true }],
  // The serving account may neither change the content of a line nor remove a seal.
  restricted: [
    { entity: AuditEventEntity, rights: ['SELECT', 'INSERT', 'DELETE'], changes: ['sealSequence'] },
    { entity: AuditSealEntity, rights: ['SELECT', 'INSERT'] },
  ],
  personalData: AuditPersonalData,
});
