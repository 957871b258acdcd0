import { Module } from '@nestjs/common';
import { ErrorsModule } from '@portillon/kernel';
import { proSanteConnectErrors } from './pro-sante-connect.errors';
import { ActivityChoiceService } from './activity-choice.service';
import { AuthorizationRequestService } from './authorization-request.service';
import { ProSanteConnectLinkController } from './pro-sante-connect-link.controller';
import { ProSanteConnectLinkService } from './pro-sante-connect-link.service';
import { ProSanteConnectSignInService } from './pro-sante-connect-sign-in.service';
import { ProSanteConnectSignOutService } from './pro-sante-connect-sign-out.service';
import { ProSanteConnectController } from './pro-sante-connect.controller';
import { ProSanteConnectHealth } from './pro-sante-connect.health';
import { ConfigurableModuleClass } from './pro-sante-connect.options';
import { ProSanteConnectPresence } from './pro-sante-connect.presence';
import { ProSanteConnectPurgeJob } from './pro-sante-connect-purge.job';
import { Provider } from './provider';
import { ProviderSessionService } from './provider-session.service';
import { PscCookies } from './psc-cookies';

/**
 * Signing in with Pro Santé Connect: routes and tables. Needs `AuthModule` and what that needs beside it,
 * `PersistenceModule` with `proSanteConnectPersistence`.
 */
@Module({
  imports: [ErrorsModule.forFeature(proSanteConnectErrors)],
  controllers: [ProSanteConnectController, ProSanteConnectLinkController],
  providers: [
    ActivityChoiceService,
    ProSanteConnectHealth,
    ProSanteConnectLinkService,
    ProSanteConnectPresence,
    ProSanteConnectPurgeJob,
    ProSanteConnectSignInService,
    ProSanteConnectSignOutService,
    Provider,
    AuthorizationRequestService,
    ProviderSessionService,
    PscCookies,
  ],
  exports: [ProSanteConnectHealth],
})
export class ProSanteConnectModule extends ConfigurableModuleClass {}
