export { AuditService } from './journal/audit.service';
export { MOST_NAMES } from './journal/audit.types';
export type {
  AuditEntry,
  AuditEvent,
  AuditFacts,
  AuditPage,
  AuditVerdict,
  AuditFilter,
} from './journal/audit.types';
export { AuditModule } from './audit.module';
export type {} from './audit.personal-data';
export { auditPersistence } from './audit.persistence';
export { AuditProofService } from './proof/audit-proof.service';
export type { AuditProof, ProofResult } from './proof/audit-proof.repository';
export type { AuditOptions } from './audit.options';
export { AuditSealService } from './seal/audit-seal.service';
export type { SealState, JournalSubscriber, JournalLine } from './seal/audit-seal.service';
export { AuditStatisticsService, NOTHING } from './statistics/audit-statistics.service';
export type {
  ApplicationEntryFigures,
  EntryFigures,
  LatestEntries,
  Statistics,
} from './statistics/audit-statistics.service';
export type { AuditStreamOptions } from './stream/audit-stream.options';
export { AuditVerifierService } from './verification/audit-verifier.service';
export type { Head, Verdict, Verification } from './verification/verification.types';
export { dayOf, TIME_ZONE } from './statistics/statistics.types';
export type { EventCount, EventCounts } from './statistics/statistics.types';
export { registerEventCounts } from './statistics/statistics.registry';
export { ReadingJournalService } from './readings/reading-journal.service';
export { RefusalJournalService } from './refusals/refusal-journal.service';
export { registerJournal } from './journal.registry';
export type { AuditData, DataWord, EventName, JournalVocabulary, Reason } from './vocabulary.types';
export type { JournalDeclaration } from './journal.types';
export type {} from './seal/audit-seal.findings';
