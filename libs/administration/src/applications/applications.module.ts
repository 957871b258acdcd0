import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { IdempotencyModule } from '@portillon/idempotency';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { applicationsJournal } from './applications.journal';
import { AdministeredApplicationService } from './administered-application.service';
import { ApplicationActController } from './application-act.controller';
import { ApplicationRegistrationService } from './application-registration.service';
import { ApplicationSecretActService } from './application-secret-act.service';
import { ApplicationSecretController } from './application-secret.controller';
import { ApplicationStatisticsController } from './application-statistics.controller';
import { ApplicationStatisticsService } from './application-statistics.service';
import { ApplicationStatusService } from './application-status.service';
import { ApplicationTestService } from './application-test.service';
import { ApplicationWayInService } from './application-way-in.service';
import { ApplicationViewService } from './application-view.service';
import { ApplicationController } from './application.controller';
import { GateRuleActService } from './gate-rule-act.service';
import { GateRuleController } from './gate-rule.controller';
import { GateWhyService } from './gate-why.service';

/** Applications: registration, secrets, rules of the gate, a test, statistics. */
@Module({
  imports: [PersistenceModule, IdempotencyModule, StructureModule],
  controllers: [
    ApplicationController,
    GateRuleController,
    ApplicationActController,
    ApplicationSecretController,
    ApplicationStatisticsController,
  ],
  providers: [
    registerJournal(applicationsJournal),
    AdministeredApplicationService,
    ApplicationRegistrationService,
    ApplicationSecretActService,
    ApplicationStatisticsService,
    ApplicationStatusService,
    ApplicationTestService,
    ApplicationViewService,
    ApplicationWayInService,
    GateRuleActService,
    GateWhyService,
  ],
  exports: [ApplicationTestService, ApplicationWayInService],
})
export class ApplicationsModule {}
