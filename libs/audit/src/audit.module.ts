import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { AuditCounterEntity } from './statistics/audit-counter.entity';
import { AuditCounterRepository } from './statistics/audit-counter.repository';
import { AuditCounterService } from './statistics/audit-counter.service';
import { AuditEventEntity } from './journal/audit-event.entity';
import { AuditEventRepository } from './journal/audit-event.repository';
import { AuditHeadJob } from './seal/audit-head.job';
import { AuditPurgeJob } from './seal/audit-purge.job';
import { AuditSealEntity } from './seal/audit-seal.entity';
import { AuditSealJob } from './seal/audit-seal.job';
import { AuditSealRepository } from './seal/audit-seal.repository';
import { AuditSealMetrics } from './seal/audit-seal.metrics';
import { AuditSealService } from './seal/audit-seal.service';
import { AuditStatisticsService } from './statistics/audit-statistics.service';
import { AuditVerifierService } from './verification/audit-verifier.service';
import { AuditService } from './journal/audit.service';
import { RefusalJournalJob } from './refusals/refusal-journal.job';
import { RefusalJournalService } from './refusals/refusal-journal.service';
import { StatisticsRegistry } from './statistics/statistics.registry';

const JOBS = [AuditHeadJob, AuditPurgeJob, AuditSealJob, RefusalJournalJob];
const REPOSITORIES = [AuditEventRepository, AuditSealRepository, AuditCounterRepository];
const SERVICES = [
  AuditService,
  AuditSealService,
  AuditStatisticsService,
  AuditVerifierService,
  RefusalJournalService,
  StatisticsRegistry,
];

/**
 * Provides {@link AuditService}, {@link RefusalJournalService}, {@link AuditSealService}, {@link AuditStatisticsService}
 * and {@link AuditVerifierService}, to every module: all that is done is written down. Needs `KernelModule`, and the
 * database with `auditPersistence`.
 */
@Global()
@Module({
  imports: [
    PersistenceModule,
    TypeOrmModule.forFeature([AuditEventEntity, AuditSealEntity, AuditCounterEntity]),
  ],
  providers: [AuditCounterService, AuditSealMetrics, ...SERVICES, ...REPOSITORIES, ...JOBS],
  exports: SERVICES,
})
export class AuditModule {}
