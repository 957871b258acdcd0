import { Module } from '@nestjs/common';
import { AuditCounterRepository } from './audit-counter.repository';
import { AuditSealRepository } from './audit-seal.repository';
import { AuditSealService } from './audit-seal.service';
import { AuditStatisticsService } from './audit-statistics.service';
import { AuditVerifierService } from './audit-verifier.service';
import { AuditService } from './audit.service';

const FACES = [AuditService, AuditSealService, AuditStatisticsService, AuditVerifierService];

/**
 * Provides {@link AuditService}, {@link AuditSealService}, {@link AuditStatisticsService} and {@link AuditVerifierService}. Needs `KernelModule`
 * and `PersistenceModule`, the latter with `auditPersistence`.
 */
@Module({ providers: [...FACES, AuditSealRepository, AuditCounterRepository], exports: FACES })
export class AuditModule {}
