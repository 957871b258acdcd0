import { DynamicModule, Global, Module, Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AuditCounterRepository } from './statistics/audit-counter.repository';
import { AuditCounterService } from './statistics/audit-counter.service';
import { AuditProofJob } from './proof/audit-proof.job';
import { AuditProofRepository } from './proof/audit-proof.repository';
import { AuditProofService } from './proof/audit-proof.service';
import { AuditEventRepository } from './journal/audit-event.repository';
import { AuditHeadJob } from './seal/audit-head.job';
import { AuditPurgeJob } from './seal/audit-purge.job';
import { AuditSealFindings } from './seal/audit-seal.findings';
import { AuditSealJob } from './seal/audit-seal.job';
import { AuditSealRepository } from './seal/audit-seal.repository';
import { AuditSealService } from './seal/audit-seal.service';
import { AuditStatisticsService } from './statistics/audit-statistics.service';
import { AUDIT_OPTIONS, type AuditOptions } from './audit.options';
import { AuditPersonalData } from './audit.personal-data';
import { auditPersistence } from './audit.persistence';
import { AuditPolicy } from './audit.policy';
import { JournalRegistry } from './journal.registry';
import { AuditReadingRepository } from './readings/audit-reading.repository';
import { ReadingJournalService } from './readings/reading-journal.service';
import { ReadingPurgeJob } from './readings/reading-purge.job';
import { AuditVerifierService } from './verification/audit-verifier.service';
import { AuditService } from './journal/audit.service';
import { AuditStreamFindings } from './stream/audit-stream.findings';
import { AuditStreamJob } from './stream/audit-stream.job';
import { AuditStreamMetrics } from './stream/audit-stream.metrics';
import { COLLECTOR, type AuditStreamOptions } from './stream/audit-stream.options';
import { AuditStreamRepository } from './stream/audit-stream.repository';
import { AuditStreamService } from './stream/audit-stream.service';
import { StreamEvents } from './stream/stream-events.service';
import { AuditStreamStateService } from './stream/audit-stream-state.service';
import { OtlpCollector } from './stream/otlp.collector';
import { SyslogCollector } from './stream/syslog.collector';
import { RefusalJournalJob } from './refusals/refusal-journal.job';
import { RefusalJournalService } from './refusals/refusal-journal.service';
import { ReplicaFindings } from './statistics/replica.findings';
import { StatisticsRegistry } from './statistics/statistics.registry';

const JOBS = [AuditHeadJob, AuditProofJob, AuditPurgeJob, AuditSealJob, ReadingPurgeJob, RefusalJournalJob];
const REPOSITORIES = [
  AuditEventRepository,
  AuditSealRepository,
  AuditCounterRepository,
  AuditProofRepository,
  AuditReadingRepository,
  AuditStreamRepository,
];
const SERVICES = [
  AuditPolicy,
  AuditProofService,
  AuditService,
  AuditSealService,
  AuditStatisticsService,
  AuditStreamStateService,
  AuditVerifierService,
  JournalRegistry,
  ReadingJournalService,
  RefusalJournalService,
  StatisticsRegistry,
];

/**
 * Provides {@link AuditService}, {@link ReadingJournalService}, {@link RefusalJournalService}, {@link
 * AuditSealService}, {@link AuditStatisticsService}, {@link AuditVerifierService} and {@link AuditProofService} to
 * every module. Needs `KernelModule`, and the database with `auditPersistence`.
 */
@Global()
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature(auditPersistence.entities)],
  providers: [
    AuditCounterService,
    AuditPersonalData,
    ...registerFindings(AuditSealFindings, AuditStreamFindings, ReplicaFindings),
    ...SERVICES,
    ...REPOSITORIES,
    ...JOBS,
  ],
  exports: [AuditCounterService, ...SERVICES],
})
export class AuditModule {
  /** As the plain module, with the operator's options: retention of lines, collector of the journal. */
  static forRoot(options: AuditOptions): DynamicModule {
    return {
      module: AuditModule,
      providers: [
        { provide: AUDIT_OPTIONS, useValue: options },
        ...(options.stream ? streaming(options.stream) : []),
      ],
    };
  }

  /** As the plain module; processes that run jobs stream the journal to a collector. */
  static streaming(stream: AuditStreamOptions): DynamicModule {
    return AuditModule.forRoot({ stream });
  }
}

function streaming(options: AuditStreamOptions): Provider[] {
  const collector = options.kind === 'syslog' ? SyslogCollector : OtlpCollector;
  return [
    AuditStreamJob,
    AuditStreamMetrics,
    AuditStreamService,
    StreamEvents,
    { provide: COLLECTOR, useFactory: () => new collector(options) },
  ];
}
