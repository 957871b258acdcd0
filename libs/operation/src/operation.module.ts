import { Module } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AdministrationSetupModule } from '@portillon/administration-setup';
import { CpxModule } from '@portillon/cpx';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { NotificationModule } from '@portillon/notification';
import { OpenidModule } from '@portillon/openid';
import { KeyRotationModule, PersistenceModule } from '@portillon/persistence';
import { PersonalDataModule } from '@portillon/personal-data';
import { ProSanteConnectModule } from '@portillon/pro-sante-connect';
import { SessionModule } from '@portillon/session';
import { StructureModule } from '@portillon/structure';
import { UserManagementModule } from '@portillon/user-management';
import { CertificateReloadService } from './certificates/certificate-reload.service';
import { PresentedCertificatesJob } from './certificates/presented-certificates.job';
import { ExpiryFindings } from './findings/expiry.findings';
import { IssuerFindings, NodeFindings } from './findings/instance.findings';
import { HealthController } from './health/health.controller';
import { HealthService, ReadinessJob } from './health/health.service';
import { MetricsService } from './health/metrics.service';
import { OperationController } from './operation.controller';
import { ConfigurableModuleClass } from './operation.options';
import { PageAnswersService } from './pages/page-answers.service';
import { pagesErrors } from './pages/static-files';
import { ServiceDescription } from './service/service-description.service';
import { ServiceStateService } from './service/service-state.service';
import { ServiceController } from './service/service.controller';
import { SetupStateService } from './setup/setup-state.service';
import { TelemetryService } from './telemetry/telemetry.service';
import { PeopleFactsService } from './trust/people-facts.service';
import { StatementService } from './trust/statement.service';

/**
 * The state of a deployment: health, metrics, traces, the service and setup pages, and the trust statement. Needs
 * `AccessModule`, `AdministrationModule`, `OpenidModule` and the modules of the domains that it reads.
 */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    AdministrationSetupModule,
    CpxModule,
    KeyRotationModule,
    NotificationModule,
    OpenidModule,
    PersonalDataModule,
    ProSanteConnectModule,
    SessionModule,
    UserManagementModule,
    PersistenceModule,
    ErrorsModule.forFeature(pagesErrors),
    StructureModule,
  ],
  controllers: [HealthController, OperationController, ServiceController],
  providers: [
    ...registerFindings(ExpiryFindings, IssuerFindings, NodeFindings),
    CertificateReloadService,
    StatementService,
    HealthService,
    MetricsService,
    PageAnswersService,
    PeopleFactsService,
    PresentedCertificatesJob,
    ReadinessJob,
    ServiceDescription,
    ServiceStateService,
    SetupStateService,
    TelemetryService,
  ],
  exports: [
    CertificateReloadService,
    HealthService,
    MetricsService,
    PageAnswersService,
    StatementService,
    TelemetryService,
  ],
})
export class OperationModule extends ConfigurableModuleClass {}
