import type { ModuleMetadata } from '@nestjs/common';
import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { AdministrationModule } from '@portillon/administration';
import { AdministrationApplicationsModule } from '@portillon/administration-applications';
import { AdministrationConfigurationModule } from '@portillon/administration-configuration';
import { AdministrationReportsModule } from '@portillon/administration-reports';
import { AdministrationSetupModule } from '@portillon/administration-setup';
import { ApplicationModule } from '@portillon/application';
import { AuditModule } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { AuthenticatorModule } from '@portillon/authenticator';
import { ApplicationCertificateService, CpxModule } from '@portillon/cpx';
import { CredentialModule } from '@portillon/credential';
import { KeyRotationModule } from '@portillon/persistence';
import { GateModule } from '@portillon/gate';
import { MyAccountModule } from '@portillon/my-account';
import { NotificationModule } from '@portillon/notification';
import { MachineModule, OpenidModule } from '@portillon/openid';
import { DemoMailbox, DemoModule, OperationModule } from '@portillon/operation';
import { OtpModule } from '@portillon/otp';
import { OutboundModule } from '@portillon/outbound';
import { PasskeyModule, RecoveryCodeModule, TotpModule } from '@portillon/factor';
import { ProSanteConnectModule } from '@portillon/pro-sante-connect';
import { PersonalDataModule } from '@portillon/personal-data';
import { RateLimitModule } from '@portillon/rate-limit';
import { RecoveryModule } from '@portillon/recovery';
import { ScimModule } from '@portillon/scim';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule } from '@portillon/session';
import { UserManagementModule } from '@portillon/user-management';
import { WebhookModule } from '@portillon/webhook';
import { PERSISTENCE_PARTS } from './persistence-parts';
import {
  accountOptions,
  accessOptions,
  applicationOptions,
  auditOptions,
  cpxOptions,
  credentialOptions,
  notificationOptions,
  operationOptions,
  openidOptions,
  passkeyOptions,
  proSanteConnectOptions,
  sessionOptions,
  setupOptions,
} from './settings/lib-options';
import type { Settings } from './settings/settings';

/** The modules of the libraries with their options. What each uses is in its own `imports`. */
export function libModules(settings: Settings, mailbox: DemoMailbox | undefined): ModuleMetadata['imports'] {
  const { publicUrl, serviceName } = settings;
  return [
    // Named first, as the documentation of the API begins with signing in.
    AuthModule,
    AuditModule.forRoot(auditOptions(settings)),
    AccessModule.forRoot(accessOptions(settings)),
    AccountModule.forRoot(accountOptions(settings)),
    CredentialModule.forRoot(credentialOptions(settings)),
    SecurityNoticeModule.forRoot({ serviceName, publicUrl }),
    NotificationModule.forRoot(notificationOptions(settings, mailbox)),
    OtpModule.forRoot({}),
    SessionModule.forRoot(sessionOptions(settings)),
    AuthModule.forRoot({ serviceName, smsDailyBudget: settings.smsDailyBudget }),
    AuthenticatorModule.forRoot(passkeyOptions(settings)),
    OutboundModule.forRoot({ allow: settings.outboundAllow }),
    ApplicationModule.forRoot(applicationOptions(settings)),
    RateLimitModule.forRoot(settings.redisUrl ? { redisUrl: settings.redisUrl } : {}),
    RecoveryModule.forRoot({ publicUrl, serviceName }),
    WebhookModule,
    MyAccountModule,
    PersonalDataModule.forRoot(PERSISTENCE_PARTS),
    UserManagementModule,
    AdministrationModule,
    AdministrationApplicationsModule,
    AdministrationReportsModule.forRoot({ annuaire: settings.annuaire }),
    AdministrationConfigurationModule,
    AdministrationSetupModule.forRoot(setupOptions(settings)),
    ScimModule.forRoot({ publicUrl }),
    CpxModule.forRoot(cpxOptions(settings)),
    PasskeyModule,
    TotpModule,
    RecoveryCodeModule,
    ProSanteConnectModule.forRoot(proSanteConnectOptions(settings)),
    // A client's certificate is seen where a card's is.
    OpenidModule.forRootAsync({
      imports: [CpxModule],
      inject: [ApplicationCertificateService],
      useFactory: (certificates: ApplicationCertificateService) => ({
        ...openidOptions(settings),
        clientCertificate: (request) => certificates.of(request),
      }),
    }),
    MachineModule.forRoot({ publicUrl }),
    GateModule.forRoot({ publicUrl, ...settings.gate }),
    DemoModule.forRoot(mailbox),
    KeyRotationModule.forRoot(PERSISTENCE_PARTS),
    OperationModule.forRoot(operationOptions(settings)),
  ];
}
