export { Audit } from './audit';
export type { AuditEntry, AuditEvent, AuditOutcome, AuditPage } from './audit-event';
export { AuditModule } from './audit.module';
export { auditPersistence } from './audit.persistence';
