import { DynamicModule, Global, Module, Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AuditCounterRepository } from './statistics/audit-counter.repository';
import { AuditStatisticsService } from './statistics/audit-statistics.service';
import { AuditProofJob } from './proof/audit-proof.job';
import { AuditProofRepository } from './proof/audit-proof.repository';
import { AuditProofService } from './proof/audit-proof.service';
import { AuditEventRepository } from './journal/audit-event.repository';
import { AuditHeadJob, AuditPurgeJob, AuditSealJob, ReadingPurgeJob, RefusalJournalJob } from './audit.job';
import { AuditSealFindings } from './seal/audit-seal.findings';
import { AuditSealRepository } from './seal/audit-seal.repository';
import { AuditSealService } from './seal/audit-seal.service';
import { AUDIT_OPTIONS, AuditPolicy } from './audit.options';
import type { AuditOptions } from './audit.options';
import { AuditPersonalData } from './audit.personal-data';
import { auditPersistence } from './audit.persistence';
import { JournalRegistry } from './journal.registry';
import { AuditReadingRepository } from './readings/audit-reading.repository';
import { ReadingJournalService } from './readings/reading-journal.service';
import { AuditVerifierService } from './verification/audit-verifier.service';
import { AuditService } from './journal/audit.service';
import { AuditStreamFindings } from './stream/audit-stream.findings';
import { AuditStreamJob } from './stream/audit-stream.job';
import { COLLECTOR } from './stream/audit-stream.options';
import type { AuditStreamOptions } from './stream/audit-stream.options';
import { AuditStreamRepository } from './stream/audit-stream.repository';
import { AuditStreamService } from './stream/audit-stream.service';
import { OtlpCollector } from './stream/otlp.collector';
import { SyslogCollector } from './stream/syslog.collector';
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
  AuditVerifierService,
  JournalRegistry,
  ReadingJournalService,
  RefusalJournalService,
  StatisticsRegistry,
];

/** Provides {@link AuditService}, {@link ReadingJournalService}, {@link RefusalJournalService}, {@link AuditSealService}, {@link AuditStatisticsService}, {@link AuditVerifierService} and {@link AuditProofService} to every module. */
@Global()
@Module({
  imports: [PersistenceModule, TypeOrmModule.forFeature(auditPersistence.entities)],
  providers: [
    AuditPersonalData,
    ...registerFindings(AuditSealFindings, AuditStreamFindings, ReplicaFindings),
    ...SERVICES,
    ...REPOSITORIES,
    ...JOBS,
  ],
  exports: SERVICES,
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
    AuditStreamService,
    { provide: COLLECTOR, useFactory: () => new collector(options) },
  ];
}
