export { AuditService } from './journal/audit.service';
export { MOST_NAMES } from './journal/audit.types';
export type {
  AuditEntry,
  AuditEvent,
  AuditFacts,
  AuditFilter,
  AuditPage,
  AuditVerdict,
} from './journal/audit.types';
export { AuditModule } from './audit.module';
export type {} from './audit.personal-data';
export { auditPersistence } from './audit.persistence';
export { AuditProofService } from './proof/audit-proof.service';
export type { AuditProof, ProofResult } from './proof/audit-proof.repository';
export type { AuditOptions, AuditStreamOptions } from './audit.options';
export { AuditSealService } from './seal/audit-seal.service';
export type { JournalLine, JournalSubscriber, SealState } from './seal/audit-seal.service';
export { AuditStatisticsService, NOTHING } from './statistics/audit-statistics.service';
export type {
  ApplicationEntryFigures,
  EntryFigures,
  LatestEntries,
  Statistics,
} from './statistics/audit-statistics.service';
export { AuditVerifierService } from './verification/audit-verifier.service';
export { LostEndService } from './verification/lost-end.service';
export type { LostEnd, SeenMark } from './verification/lost-end.service';
export type { Head, Verdict, Verification } from './verification/verification.types';
export { dayOf, registerEventCounts, TIME_ZONE } from './statistics/statistics.registry';
export type { EventCount, EventCounts } from './statistics/statistics.registry';
export { ReadingJournalService } from './journal/reading-journal.service';
export { RefusalJournalService } from './journal/refusal-journal.service';
export { registerJournal } from './journal.registry';
export type { JournalDeclaration } from './journal.types';
export type { AuditData, DataWord, EventName, JournalVocabulary, Reason } from './vocabulary.types';
export type {} from './audit.findings';
