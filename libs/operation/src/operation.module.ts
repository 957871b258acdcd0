import { Module } from '@nestjs/common';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { ExpiryFindings } from './findings/expiry.findings';
import { IssuerFindings } from './findings/issuer.findings';
import { HealthController } from './health/health.controller';
import { HealthService } from './health/health.service';
import { MetricsService } from './health/metrics.service';
import { ReadinessJob } from './health/readiness.job';
import { ConfigurableModuleClass } from './operation.options';
import { PageAnswersService } from './pages/page-answers.service';
import { pagesErrors } from './pages/pages.errors';
import { ServiceAddressesController } from './service/service-addresses.controller';
import { ServiceDescription } from './service/service-description.service';
import { ServiceStateController } from './service/service-state.controller';
import { ServiceStateService } from './service/service-state.service';
import { ServiceController } from './service/service.controller';
import { SetupStateController } from './setup/setup-state.controller';
import { SetupStateService } from './setup/setup-state.service';
import { TelemetryService } from './telemetry/telemetry.service';
import { EvidenceFactsService } from './trust/evidence-facts.service';
import { PeopleFactsService } from './trust/people-facts.service';
import { StatementService } from './trust/statement.service';
import { StructureFactsService } from './trust/structure-facts.service';
import { TrustController } from './trust/trust.controller';

/**
 * The state of a deployment: its health, metrics and traces, the pages of the service and of its first hour, the trust
 * statement. Needs `AccessModule`, `AdministrationModule`, `OpenidModule` and the modules of the domains that it reads.
 */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(pagesErrors)],
  controllers: [
    HealthController,
    ServiceAddressesController,
    ServiceController,
    ServiceStateController,
    SetupStateController,
    TrustController,
  ],
  providers: [
    ...registerFindings(ExpiryFindings, IssuerFindings),
    EvidenceFactsService,
    HealthService,
    MetricsService,
    PageAnswersService,
    PeopleFactsService,
    ReadinessJob,
    ServiceDescription,
    ServiceStateService,
    SetupStateService,
    StatementService,
    StructureFactsService,
    TelemetryService,
  ],
  exports: [HealthService, MetricsService, PageAnswersService, StatementService, TelemetryService],
})
export class OperationModule extends ConfigurableModuleClass {}
