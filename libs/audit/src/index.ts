export { AuditService } from './audit.service';
export type {
  AuditEntry,
  AuditEvent,
  AuditFacts,
  AuditOutcome,
  AuditPage,
  AuditVerdict,
} from './audit.types';
export { MOST_NAMES } from './audit-filter.types';
export type { AuditFilter } from './audit-filter.types';
export { AuditModule } from './audit.module';
export { auditPersistence } from './audit.persistence';
export { AuditSealService } from './audit-seal.service';
export type { SealState } from './audit-seal.service';
export { AuditStatisticsService, NOTHING } from './audit-statistics.service';
export type {
  ApplicationEntryFigures,
  ByChannel,
  EntryFigures,
  Figures,
  Statistics,
  StatisticsRequest,
} from './audit-statistics.service';
export { AuditVerifierService } from './audit-verifier.service';
export type { Finding, Head, Verdict, Verification } from './verification.types';
export { dayOf, TIME_ZONE } from './statistics.day';
export { registerEventCounts, StatisticsRegistry } from './statistics.registry';
export type { EventCount, EventCounts } from './statistics.types';
export type { JournalFollower, JournalLine } from './journal-follower.types';
export { RefusalJournalService } from './refusal-journal.service';
export type { JournalWords } from './journal.types';
export type { AuditData, DataWord, EventName, JournalVocabulary, Reason } from './vocabulary.types';
