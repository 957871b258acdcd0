import { RateLimitModule } from '@portillon/rate-limit';
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
import { FirstRequestService } from './check/first-request.service';
import { GateAnswerService } from './check/gate-answer.service';
import { GateCheckController } from './check/gate-check.controller';
import { GateCheckCountService } from './check/gate-check-count.service';
import { GateCheckService } from './check/gate-check.service';
import { GateRefusalJournalService } from './check/gate-refusal-journal.service';
import { GateContextService } from './check/gate-context.service';
import { GateUseService } from './check/gate-use.service';
import { GateExplanationService } from './explain/gate-explanation.service';
import { GatePurgeJob } from './gate-purge.job';
import { gateErrors } from './gate.errors';
import { ConfigurableModuleClass } from './gate.options';
import { gatePersistence } from './gate.persistence';
import { GateReplyService } from './pages/gate-reply.service';
import { OwnApplicationSignOutService } from './own-applications/own-application-sign-out.service';
import { OwnApplicationController } from './own-applications/own-application.controller';
import { OwnApplicationService } from './own-applications/own-application.service';
import { ProxyRequestService } from './proxies/proxy-request.service';
import { ProxyTrustService } from './proxies/proxy-trust.service';
import { GateRuleRepository } from './rules/gate-rule.repository';
import { GateRuleService } from './rules/gate-rule.service';
import { CodeRedemptionService } from './sign-in/code-redemption.service';
import { GateCallbackService } from './sign-in/gate-callback.service';
import { GateCookies } from './sign-in/gate.cookies';
import { GateSessionRepository } from './sign-in/gate-session.repository';
import { GateSessionService } from './sign-in/gate-session.service';
import { GateSignInController } from './sign-in/gate-sign-in.controller';
import { GateSignInRepository } from './sign-in/gate-sign-in.repository';
import { GateSignInService } from './sign-in/gate-sign-in.service';

/** Forward-auth: reverse proxies ask whether a request may pass; people see and leave the applications that they entered. */
@Module({
  imports: [
    RateLimitModule,
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
    CodeRedemptionService,
    FirstRequestService,
    GateAnswerService,
    GateCallbackService,
    GateCheckCountService,
    GateCheckService,
    GateCookies,
    GateExplanationService,
    GatePurgeJob,
    GateRefusalJournalService,
    GateReplyService,
    GateRuleRepository,
    GateRuleService,
    GateSessionRepository,
    GateSessionService,
    GateSignInRepository,
    GateSignInService,
    GateContextService,
    GateUseService,
    OwnApplicationService,
    OwnApplicationSignOutService,
    ProxyRequestService,
    ProxyTrustService,
  ],
  exports: [GateExplanationService, GateRuleService, GateSessionService, ProxyTrustService],
})
export class GateModule extends ConfigurableModuleClass {}
