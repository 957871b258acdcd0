import { Module } from '@nestjs/common';
import { Audit } from './audit';
import { AuditSeals } from './audit-seals';
import { AuditStatistics } from './audit-statistics';
import { AuditVerifier } from './audit-verifier';
import { CounterRecords } from './counter.records';
import { SealRecords } from './seal.records';

const FACES = [Audit, AuditSeals, AuditStatistics, AuditVerifier];

/**
 * Provides {@link Audit}, {@link AuditSeals}, {@link AuditStatistics} and {@link AuditVerifier}. Needs `KernelModule`
 * and `PersistenceModule`, the latter with `auditPersistence`.
 */
@Module({ providers: [...FACES, SealRecords, CounterRecords], exports: FACES })
export class AuditModule {}
