import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { registerEventCounts, registerJournal } from '@portillon/audit';
import { ErrorsModule, registerFindings } from '@portillon/kernel';
import { OutboundModule } from '@portillon/outbound';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits, RateLimitModule } from '@portillon/rate-limit';
import { SessionModule } from '@portillon/session';
import { StructureModule } from '@portillon/structure';
import { OpenidArtifactRepository } from './artifacts/openid-artifact.repository';
import { OpenidArtifactService } from './artifacts/openid-artifact.service';
import { BackChannelFindings } from './back-channel/back-channel.findings';
import { LogoutDeliveryService } from './back-channel/logout-delivery.service';
import { OpenidLogoutDeliveryRepository } from './back-channel/openid-logout-delivery.repository';
import { InteractionBrandingService } from './interactions/interaction-branding.service';
import { InteractionController } from './interactions/interaction.controller';
import { InteractionService } from './interactions/interaction.service';
import { SigningKeyRotationService } from './keys/signing-key-rotation.service';
import { SigningKeyFindings } from './keys/signing-key.findings';
import { SigningKeyRepository } from './keys/signing-key.repository';
import { SigningKeyService } from './keys/signing-key.service';
import { OpenidRouter } from './openid-router.service';
import { openidErrors } from './openid.errors';
import { LogoutDeliveryJob, OpenidPurgeJob } from './openid.job';
import { openidCounts, openidJournal } from './openid.journal';
import { OpenidMetrics } from './openid.metrics';
import {
  ConfigurableModuleClass,
  MODULE_OPTIONS_TOKEN,
  OPENID_OPTIONS,
  resolveOpenidOptions,
} from './openid.options';
import { openidPersistence } from './openid.persistence';
import { OpenidPersonalData } from './openid.personal-data';
import { AdapterFactoryService } from './provider/adapter-factory.service';
import { ClaimsService } from './provider/claims.service';
import { InteractionPolicyService } from './provider/interaction-policy.service';
import { LibraryOverlayService } from './provider/library-overlay.service';
import { LiveSessionService } from './provider/live-session.service';
import { OpenidJournalService } from './provider/openid-journal.service';
import { OpenidProviderService } from './provider/openid-provider.service';
import { ProviderPageService } from './provider/pages/provider-page.service';
import { ProviderConfigurationService } from './provider/provider-configuration.service';
import { REQUEST_LIMITS, RequestLimitService } from './provider/request-limit.service';
import { RequestRegistry } from './provider/request-registry.service';
import { OpenidSessionClientRepository } from './sessions/openid-session-client.repository';
import { SessionClientService } from './sessions/session-client.service';
import { ApplicationSignOutService } from './sign-out/application-sign-out.service';
import { SignOutReturnController } from './sign-out/sign-out-return.controller';
import { SignOutCookie, SignOutService } from './sign-out/sign-out.service';
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
