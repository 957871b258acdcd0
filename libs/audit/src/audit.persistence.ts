import { persistencePart, personal, table } from '@portillon/persistence';
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
import { AuditPersonalData } from './audit.personal-data';
import { AuditPolicy } from './audit.policy';
/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const auditPersistence: PersistencePart = persistencePart({
  tables: [
    table(AuditEventEntity, {
      purpose: 'The journal, who did what, when, from where, with what result.',
      kept: '{kept} after it was written, or as many months as `AUDIT_RETENTION_MONTHS` says, 6 at least',
      durations: { kept: (app) => app.get(AuditPolicy).keptMs },
      stated: { journal: 'kept' },
      legalBasis: 'CNIL on journals (2021-122), 6 to 12 months',
      afterRestore: 'kept',
      columns: {
        id: personal('journal.act'),
        happenedAt: personal('journal.act', 'When.'),
        name: personal('journal.act', 'What, one of [the events](events.md).'),
        outcome: personal('journal.act'),
        accountId: personal('journal.concerned'),
        actorId: personal('journal.concerned'),
        structureId: personal('journal.concerned'),
        means: personal('journal.meansUsed'),
        channel: personal('journal.meansUsed'),
        address: personal('journal.network', 'Network address.'),
        device: personal('journal.browserName', 'Browser, as it names itself.'),
        requestId: personal('journal.act'),
        reason: personal('journal.act'),
        data: personal(
          'journal.act',
          'JSON of words that are registered; of people ids, and the national id where an identity is linked. Never a name, a mail address, a phone number or a code.',
        ),
        mark: 'internal',
        sealSequence: 'internal',
      },
    }),
    table(AuditSealEntity, {
      purpose: 'The chain of seals by which a change of the journal is found.',
      kept: 'as long as the service; it outlives its lines, and tells nothing of them',
      afterRestore: 'kept',
      columns: {
        sequence: 'internal',
        firstId: 'internal',
        lastId: 'internal',
        lineCount: 'internal',
        unmarkedCount: 'internal',
        youngestAt: 'internal',
        linesDigest: 'internal',
        purgedThrough: 'internal',
        previousDigest: 'internal',
        sealedAt: 'internal',
        digest: 'internal',
        signature: 'internal',
      },
    }),
    table(AuditCounterEntity, {
      purpose: 'How many sign-ins, refusals and means a day, for the statistics.',
      kept: 'as long as the service; numbers alone, by structure and day',
      section: 'statistics',
      afterRestore: 'kept',
      columns: {
        structureId: 'internal',
        day: 'internal',
        metric: 'internal',
        means: 'internal',
        channel: 'internal',
        total: 'internal',
      },
    }),
    table(AuditStreamEntity, {
      purpose: 'How far the collector of the journal is.',
      kept: 'as long as the service; one row',
      afterRestore: 'kept',
      columns: {
        id: 'internal',
        sealSequence: 'internal',
        lineId: 'internal',
        heldBy: 'internal',
        heldUntilAt: 'internal',
      },
    }),
    table(AuditProofEntity, {
      purpose: 'That somebody had the journal proven, and what came of it.',
      kept: 'until the next one; one row',
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        askedBy: personal('journal.proofAsked'),
        askedAt: personal('journal.proofAsked'),
        noted: 'internal',
        readLines: 'internal',
        totalLines: 'internal',
        heldBy: 'internal',
        heldUntilAt: 'internal',
        endedAt: 'internal',
        result: 'internal',
      },
    }),
    table(AuditReadingEntity, {
      purpose: 'That the journal has its line of who read whose account or journal in an hour.',
      kept: 'until the hour is over',
      afterRestore: 'emptied',
      columns: {
        hourAt: personal('journal.act'),
        name: personal('journal.act'),
        readerId: personal('journal.concerned'),
        subjectId: personal('journal.concerned'),
      },
    }),
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
  personalData: AuditPersonalData,
});
