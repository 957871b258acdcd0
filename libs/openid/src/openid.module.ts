import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { OutboundModule } from '@portillon/outbound';
import { SessionModule } from '@portillon/session';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerEventCounts, registerJournal } from '@portillon/audit';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits, RateLimitModule } from '@portillon/rate-limit';
import { StructureModule } from '@portillon/structure';
import { openidCounts, openidJournal } from './openid.journal';
import { OpenidArtifactRepository } from './artifacts/openid-artifact.repository';
import { OpenidArtifactService } from './artifacts/openid-artifact.service';
import { ApplicationSignOutService } from './sign-out/application-sign-out.service';
import { BackChannelFindings } from './back-channel/back-channel.findings';
import { SigningKeyFindings } from './keys/signing-key.findings';
import { LogoutDeliveryJob } from './back-channel/logout-delivery.job';
import { LogoutDeliveryService } from './back-channel/logout-delivery.service';
import { OpenidLogoutDeliveryRepository } from './back-channel/openid-logout-delivery.repository';
import { InteractionService } from './interactions/interaction.service';
import { InteractionController } from './interactions/interaction.controller';
import { InteractionBrandingService } from './interactions/interaction-branding.service';
import { SigningKeyRepository } from './keys/signing-key.repository';
import { SigningKeyRotationService } from './keys/signing-key-rotation.service';
import { SigningKeyService } from './keys/signing-key.service';
import { OpenidMetrics } from './openid.metrics';
import { OpenidPersonalData } from './openid.personal-data';
import { OpenidPurgeJob } from './openid-purge.job';
import { OpenidRouter } from './openid-router.service';
import { openidErrors } from './openid.errors';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  OPENID_OPTIONS,
  resolveOpenidOptions,
} from './openid.options';
import { openidPersistence } from './openid.persistence';
import { ClaimsService } from './provider/claims/claims.service';
import { AdapterFactoryService } from './provider/adapter-factory.service';
import { LiveSessionService } from './provider/live-session.service';
import { LibraryOverlayService } from './provider/library-overlay.service';
import { OpenidJournalService } from './provider/openid-journal.service';
import { InteractionPolicyService } from './provider/interaction-policy.service';
import { OpenidProviderService } from './provider/openid-provider.service';
import { ProviderConfigurationService } from './provider/provider-configuration.service';
import { ProviderPageService } from './provider/pages/provider-page.service';
import { REQUEST_LIMITS, RequestLimitService } from './provider/request-limit.service';
import { RequestRegistry } from './provider/request-registry.service';
import { OpenidSessionClientRepository } from './sessions/openid-session-client.repository';
import { SessionClientService } from './sessions/session-client.service';
import { SignOutCookie } from './sign-out/sign-out.cookie';
import { SignOutReturnController } from './sign-out/sign-out-return.controller';
import { SignOutService } from './sign-out/sign-out.service';
import { AccessTokenService } from './tokens/access-token.service';
import { JwtIntrospectionService } from './tokens/jwt-introspection.service';

const KEYS = [SigningKeyRepository, SigningKeyService, SigningKeyRotationService];
const STORAGE = [
  OpenidArtifactRepository,
  OpenidArtifactService,
  OpenidSessionClientRepository,
  SessionClientService,
];
const BACK_CHANNEL = [
  ApplicationSignOutService,
  LogoutDeliveryJob,
  LogoutDeliveryService,
  OpenidLogoutDeliveryRepository,
];
const PROVIDER = [
  ClaimsService,
  AdapterFactoryService,
  LiveSessionService,
  LibraryOverlayService,
  OpenidJournalService,
  InteractionPolicyService,
  OpenidProviderService,
  ProviderConfigurationService,
  ProviderPageService,
  RequestLimitService,
  RequestRegistry,
];

/** The OpenID provider. */
@Module({
  imports: [
    AccessModule,
    AccountModule,
    ApplicationModule,
    OutboundModule,
    RateLimitModule,
    SessionModule,
    ErrorsModule.forFeature(openidErrors),
    PersistenceModule,
    TypeOrmModule.forFeature(openidPersistence.entities),
    StructureModule,
  ],
  controllers: [InteractionController, SignOutReturnController],
  providers: [
    registerJournal(openidJournal),
    { provide: OPENID_OPTIONS, inject: [MODULE_OPTIONS_TOKEN], useFactory: resolveOpenidOptions },
    registerEventCounts(openidCounts),
    ...registerFindings(SigningKeyFindings, BackChannelFindings),
    registerLimits(REQUEST_LIMITS),
    ...KEYS,
    ...STORAGE,
    ...PROVIDER,
    ...BACK_CHANNEL,
    AccessTokenService,
    ApplicationSignOutService,
    InteractionService,
    InteractionBrandingService,
    JwtIntrospectionService,
    OpenidMetrics,
    OpenidPersonalData,
    OpenidPurgeJob,
    OpenidRouter,
    SignOutCookie,
    SignOutService,
  ],
  exports: [
    AccessTokenService,
    ApplicationSignOutService,
    InteractionBrandingService,
    SessionClientService,
    SigningKeyService,
    SigningKeyRotationService,
    OpenidRouter,
  ],
})
export class OpenidModule extends ConfigurableModuleClass {}
