import { DynamicModule, FactoryProvider, Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import {
  Clock,
  configurableModule,
  Keyring,
  MetricsRegistry,
  Random,
  registerFindings,
} from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { AuditSealFindings, AuditStreamFindings, ReplicaFindings } from './audit.findings';
import { AuditHeadJob, AuditPurgeJob, AuditSealJob, ReadingPurgeJob, RefusalJournalJob } from './audit.job';
import { AUDIT_OPTIONS, AuditPolicy } from './audit.options';
import type { AuditOptions, AuditStreamOptions, Collector } from './audit.options';
import { auditPersistence } from './audit.persistence';
import { AuditPersonalData } from './audit.personal-data';
import { JournalRegistry } from './journal.registry';
import { AuditEventRepository } from './journal/audit-event.repository';
import { AuditService } from './journal/audit.service';
import { AuditReadingRepository, ReadingJournalService } from './journal/reading-journal.service';
import { RefusalJournalService } from './journal/refusal-journal.service';
import { AuditProofJob } from './proof/audit-proof.job';
import { AuditProofRepository } from './proof/audit-proof.repository';
import { AuditProofService } from './proof/audit-proof.service';
import { AuditSealRepository } from './seal/audit-seal.repository';
import { AuditSealService } from './seal/audit-seal.service';
import { AuditCounterRepository } from './statistics/audit-counter.repository';
import { AuditStatisticsService } from './statistics/audit-statistics.service';
import { StatisticsRegistry } from './statistics/statistics.registry';
import { AuditStreamJob } from './stream/audit-stream.job';
import { AuditStreamRepository } from './stream/audit-stream.repository';
import { AuditStreamService } from './stream/audit-stream.service';
import { OtlpCollector } from './stream/otlp.collector';
import { SyslogCollector } from './stream/syslog.collector';
import { AuditVerifierService } from './verification/audit-verifier.service';
import { LostEndService } from './verification/lost-end.service';

const { ConfigurableModuleClass } = configurableModule<AuditOptions>(AUDIT_OPTIONS);

const JOBS = [
  AuditHeadJob,
  AuditProofJob,
  AuditPurgeJob,
  AuditSealJob,
  AuditStreamJob,
  ReadingPurgeJob,
  RefusalJournalJob,
];
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
  LostEndService,
  ReadingJournalService,
  RefusalJournalService,
  StatisticsRegistry,
];

/** Nothing without a collector. */
const STREAM: FactoryProvider<AuditStreamService | undefined> = {
  provide: AuditStreamService,
  inject: [
    { token: AUDIT_OPTIONS, optional: true },
    Random,
    MetricsRegistry,
    Clock,
    Keyring,
    AuditEventRepository,
    JournalRegistry,
    AuditSealService,
    AuditStreamRepository,
  ],
  useFactory: (
    options: AuditOptions | undefined,
    ...needs: DropLast<ConstructorParameters<typeof AuditStreamService>>
  ) => options?.stream && new AuditStreamService(...needs, collectorOf(options.stream)),
};

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
    STREAM,
  ],
  exports: SERVICES,
})
export class AuditModule extends ConfigurableModuleClass {
  /** As {@link forRoot} with a collector alone; processes that run jobs stream the journal to it. */
  static streaming(stream: AuditStreamOptions): DynamicModule {
    return AuditModule.forRoot({ stream });
  }
}

type DropLast<List extends unknown[]> = List extends [...infer Rest, unknown] ? Rest : never;

function collectorOf(options: AuditStreamOptions): Collector {
  return options.kind === 'syslog' ? new SyslogCollector(options) : new OtlpCollector(options);
}
