import { Module } from '@nestjs/common';
import { ActivityChoices } from './activity-choices';
import { ConfigurableModuleClass } from './pro-sante-connect.options';
import { ProSanteConnectController } from './pro-sante-connect.controller';
import { ProSanteConnectHealth } from './pro-sante-connect.health';
import { ProSanteConnectLink } from './pro-sante-connect.link';
import { ProSanteConnectLinkController } from './pro-sante-connect-link.controller';
import { ProSanteConnectPresence } from './pro-sante-connect.presence';
import { ProSanteConnectPurge } from './pro-sante-connect.purge';
import { ProSanteConnectSignIn } from './pro-sante-connect.sign-in';
import { ProSanteConnectSignOut } from './pro-sante-connect.sign-out';
import { Provider } from './provider';
import { ProviderRequests } from './provider-requests';
import { ProviderSessions } from './provider-sessions';
import { PscCookies } from './psc-cookies';

/**
 * Signing in with Pro Santé Connect: routes and tables. Needs `AuthModule` and what that needs beside it,
 * `PersistenceModule` with `proSanteConnectPersistence`.
 */
@Module({
  controllers: [ProSanteConnectController, ProSanteConnectLinkController],
  providers: [
    ActivityChoices,
    ProSanteConnectHealth,
    ProSanteConnectLink,
    ProSanteConnectPresence,
    ProSanteConnectPurge,
    ProSanteConnectSignIn,
    ProSanteConnectSignOut,
    Provider,
    ProviderRequests,
    ProviderSessions,
    PscCookies,
  ],
  exports: [ProSanteConnectHealth, ProSanteConnectPurge],
})
export class ProSanteConnectModule extends ConfigurableModuleClass {}
