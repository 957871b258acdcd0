import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PersistenceModule } from '@portillon/persistence';
import { AuditCounterEntity } from './audit-counter.entity';
import { AuditCounterRepository } from './audit-counter.repository';
import { AuditCounterService } from './audit-counter.service';
import { AuditEventEntity } from './audit-event.entity';
import { AuditEventRepository } from './audit-event.repository';
import { AuditHeadJob } from './audit-head.job';
import { AuditPurgeJob } from './audit-purge.job';
import { AuditSealEntity } from './audit-seal.entity';
import { AuditSealJob } from './audit-seal.job';
import { AuditSealRepository } from './audit-seal.repository';
import { AuditSealService } from './audit-seal.service';
import { AuditStatisticsService } from './audit-statistics.service';
import { AuditVerifierService } from './audit-verifier.service';
import { AuditService } from './audit.service';
import { RefusalJournalJob } from './refusal-journal.job';
import { RefusalJournalService } from './refusal-journal.service';
import { StatisticsRegistry } from './statistics.registry';

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
  providers: [AuditCounterService, ...SERVICES, ...REPOSITORIES, ...JOBS],
  exports: SERVICES,
})
export class AuditModule {}
