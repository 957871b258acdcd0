import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule, registerMeans } from '@portillon/access';
import { registerJournal } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { RateLimitModule, registerLimits } from '@portillon/rate-limit';
import { SessionModule } from '@portillon/session';
import { AuthorizationRequestRepository } from './authorization/authorization-request.repository';
import { AuthorizationRequestService } from './authorization/authorization-request.service';
import {
  CALLBACK_LIMITS,
  ProSanteConnectCallbackService,
} from './authorization/pro-sante-connect-callback.service';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { ProSanteConnectPurgeJob } from './pro-sante-connect-purge.job';
import { ProSanteConnectLinkController, ProSanteConnectController } from './pro-sante-connect.controller';
import { proSanteConnectErrors } from './pro-sante-connect.errors';
import { ProSanteConnectFindings } from './pro-sante-connect.findings';
import { proSanteConnectJournal } from './pro-sante-connect.journal';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  PROVIDER_OPTIONS,
  resolveOptions,
} from './pro-sante-connect.options';
import { proSanteConnectPersistence } from './pro-sante-connect.persistence';
import { ProSanteConnectPresence } from './pro-sante-connect.presence';
import { ProviderDiscoveryService } from './provider/provider-discovery.service';
import { ProviderTokenVerifierService } from './provider/provider-token-verifier.service';
import { ProviderService } from './provider/provider.service';
import { PscCookies } from './psc.cookies';
import { ActivityChoiceRepository } from './sign-in/activity-choice.repository';
import { ActivityChoiceService } from './sign-in/activity-choice.service';
import { ProSanteConnectSignInService } from './sign-in/pro-sante-connect-sign-in.service';
import { ProSanteConnectSignOutService } from './sign-out/pro-sante-connect-sign-out.service';
import { LogoutTokenRepository, ProviderSessionRepository } from './sign-out/provider-session.repository';
import { ProviderSessionService } from './sign-out/provider-session.service';

/** Signing in with Pro Santé Connect: routes and tables. */
@Module({
  imports: [
    AccessModule,
    AuthModule,
    RateLimitModule,
    SessionModule,
    ErrorsModule.forFeature(proSanteConnectErrors),
    TypeOrmModule.forFeature(proSanteConnectPersistence.entities),
  ],
  controllers: [ProSanteConnectController, ProSanteConnectLinkController],
  providers: [
    registerJournal(proSanteConnectJournal),
    registerLimits(CALLBACK_LIMITS),
    ActivityChoiceRepository,
    ActivityChoiceService,
    AuthorizationRequestRepository,
    AuthorizationRequestService,
    ProSanteConnectCallbackService,
    LogoutTokenRepository,
    ProviderSessionService,
    ...registerFindings(ProSanteConnectFindings),
    ProSanteConnectLinkService,
    ProSanteConnectPresence,
    registerMeans({ id: 'pro-sante-connect', rank: 1 }, ProSanteConnectPresence),
    ProSanteConnectPurgeJob,
    ProSanteConnectSignInService,
    ProSanteConnectSignOutService,
    { provide: PROVIDER_OPTIONS, inject: [MODULE_OPTIONS_TOKEN], useFactory: resolveOptions },
    ProviderDiscoveryService,
    ProviderService,
    ProviderSessionRepository,
    PscCookies,
    ProviderTokenVerifierService,
  ],
  exports: [ProviderDiscoveryService],
})
export class ProSanteConnectModule extends ConfigurableModuleClass {}
