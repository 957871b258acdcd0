import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ErrorsModule } from '@portillon/kernel';
import { proSanteConnectErrors } from './pro-sante-connect.errors';
import { ActivityChoiceRepository } from './activity-choice.repository';
import { ActivityChoiceService } from './activity-choice.service';
import { AuthorizationRequestRepository } from './authorization-request.repository';
import { AuthorizationRequestService } from './authorization-request.service';
import { AuthorizationService } from './authorization.service';
import { CallbackLimitService } from './callback-limit.service';
import { IdentificationService } from './identification.service';
import { LogoutTokenRepository } from './logout-token.repository';
import { LogoutTokenService } from './logout-token.service';
import { ProSanteConnectCallbackService } from './pro-sante-connect-callback.service';
import { ProSanteConnectLinkController } from './pro-sante-connect-link.controller';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { ProSanteConnectSignInService } from './pro-sante-connect-sign-in.service';
import { ProSanteConnectSignOutService } from './pro-sante-connect-sign-out.service';
import { ProSanteConnectController } from './pro-sante-connect.controller';
import { ProSanteConnectHealth } from './pro-sante-connect.health';
import { ConfigurableModuleClass } from './pro-sante-connect.options';
import { proSanteConnectPersistence } from './pro-sante-connect.persistence';
import { ProSanteConnectPresence } from './pro-sante-connect.presence';
import { ProSanteConnectPurgeJob } from './pro-sante-connect-purge.job';
import { Provider } from './provider';
import { ProviderSessionRepository } from './provider-session.repository';
import { ProviderSessionService } from './provider-session.service';
import { PscCookies } from './psc-cookies';

/**
 * Signing in with Pro Santé Connect: routes and tables. Needs `AuthModule` and what that needs beside it,
 * `PersistenceModule` with `proSanteConnectPersistence`.
 */
@Module({
  imports: [
    ErrorsModule.forFeature(proSanteConnectErrors),
    TypeOrmModule.forFeature(proSanteConnectPersistence.entities),
  ],
  controllers: [ProSanteConnectController, ProSanteConnectLinkController],
  providers: [
    ActivityChoiceRepository,
    ActivityChoiceService,
    AuthorizationRequestRepository,
    AuthorizationRequestService,
    AuthorizationService,
    CallbackLimitService,
    IdentificationService,
    LogoutTokenRepository,
    LogoutTokenService,
    ProSanteConnectCallbackService,
    ProSanteConnectHealth,
    ProSanteConnectLinkService,
    ProSanteConnectPresence,
    ProSanteConnectPurgeJob,
    ProSanteConnectSignInService,
    ProSanteConnectSignOutService,
    Provider,
    ProviderSessionRepository,
    ProviderSessionService,
    PscCookies,
  ],
  exports: [ProSanteConnectHealth],
})
export class ProSanteConnectModule extends ConfigurableModuleClass {}
