import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { OpenidModule } from '@portillon/openid';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { gateJournal } from './gate.journal';
import { AssertionService } from './check/assertion.service';
import { GateCheckService } from './check/gate-check.service';
import { GateAnswerService } from './check/gate-answer.service';
import { GateCheckController } from './check/gate-check.controller';
import { GateExplanationService } from './gate-explanation.service';
import { GatePurgeJob } from './gate-purge.job';
import { gateErrors } from './gate.errors';
import { ConfigurableModuleClass } from './gate.options';
import { gatePersistence } from './gate.persistence';
import { OwnApplicationService } from './own-applications/own-application.service';
import { OwnApplicationController } from './own-applications/own-application.controller';
import { ProxyRequestService } from './proxies/proxy-request.service';
import { GateRuleRepository } from './rules/gate-rule.repository';
import { GateRuleService } from './rules/gate-rule.service';
import { GateSignInService } from './sign-in/gate-sign-in.service';
import { GateCookies } from './sign-in/gate.cookies';
import { GateSessionRepository } from './sign-in/gate-session.repository';
import { GateSessionService } from './sign-in/gate-session.service';
import { GateSignInController } from './sign-in/gate-sign-in.controller';
import { GateSignInRepository } from './sign-in/gate-sign-in.repository';

/** Forward-auth: reverse proxies ask whether a request may pass; people see and leave the applications that they entered. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    ApplicationModule,
    OpenidModule,
    SessionModule,
    PersistenceModule,
    TypeOrmModule.forFeature(gatePersistence.entities),
    ErrorsModule.forFeature(gateErrors),
  ],
  controllers: [GateCheckController, GateSignInController, OwnApplicationController],
  providers: [
    registerJournal(gateJournal),
    AssertionService,
    GateSignInService,
    GateCheckService,
    GateAnswerService,
    GateCookies,
    GateExplanationService,
    GatePurgeJob,
    GateRuleRepository,
    GateRuleService,
    GateSessionRepository,
    GateSessionService,
    GateSignInRepository,
    OwnApplicationService,
    ProxyRequestService,
  ],
  exports: [GateExplanationService, GateRuleService, GateSessionService, ProxyRequestService],
})
export class GateModule extends ConfigurableModuleClass {}
