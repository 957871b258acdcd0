export { Audit } from './audit';
export type {
  AuditEntry,
  AuditEvent,
  AuditFacts,
  AuditOutcome,
  AuditPage,
  AuditVerdict,
} from './audit-event';
export { MOST_NAMES } from './audit-filter';
export type { AuditFilter } from './audit-filter';
export { AuditModule } from './audit.module';
export { auditPersistence } from './audit.persistence';
export { AuditSeals } from './audit-seals';
export type { SealState } from './audit-seals';
export { AuditStatistics, NOTHING } from './audit-statistics';
export type { ByChannel, Figures, Statistics, StatisticsRequest } from './audit-statistics';
export { AuditVerifier } from './audit-verifier';
export type { Finding, Head, Verification } from './verification';
export { TIME_ZONE } from './statistics.day';
export type { JournalFollower, JournalLine } from './journal.follower';
export { DATA_WORDS } from './vocabulary';
export type { AuditData, DataWord, EventName, Reason } from './vocabulary';
