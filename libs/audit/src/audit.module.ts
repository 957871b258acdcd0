import { Module } from '@nestjs/common';
import { AuditCounterRepository } from './audit-counter.repository';
import { AuditHeadJob } from './audit-head.job';
import { AuditPurgeJob } from './audit-purge.job';
import { AuditSealJob } from './audit-seal.job';
import { AuditSealRepository } from './audit-seal.repository';
import { AuditSealService } from './audit-seal.service';
import { AuditStatisticsService } from './audit-statistics.service';
import { AuditVerifierService } from './audit-verifier.service';
import { AuditService } from './audit.service';

const JOBS = [AuditHeadJob, AuditPurgeJob, AuditSealJob];
const FACES = [AuditService, AuditSealService, AuditStatisticsService, AuditVerifierService];

/**
 * Provides {@link AuditService}, {@link AuditSealService}, {@link AuditStatisticsService} and {@link AuditVerifierService}. Needs `KernelModule`
 * and `PersistenceModule`, the latter with `auditPersistence`.
 */
@Module({
  providers: [...FACES, AuditSealRepository, AuditCounterRepository, ...JOBS],
  exports: FACES,
})
export class AuditModule {}
