import { DynamicModule } from '@nestjs/common';
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

/**
 * The modules of the libraries, each created once with the modules that it uses. The kernel and the journal are global; the
 * database is imported where it is used.
 */
export function libModules(settings: Settings, mailbox: DemoMailbox | undefined, keyRotation: DynamicModule) {
  const { publicUrl, serviceName } = settings;
  const account = AccountModule.forRoot(accountOptions(settings));
  const application = ApplicationModule.forRoot(applicationOptions(settings));
  const authenticator = AuthenticatorModule.forRoot(passkeyOptions(settings));
  const credential = CredentialModule.forRoot(credentialOptions(settings));
  const otp = OtpModule.forRoot({});
  const session = SessionModule.forRoot(sessionOptions(settings));
  const notification = NotificationModule.forRoot(notificationOptions(settings, mailbox));
  const outbound = OutboundModule.forRoot({ allow: settings.outboundAllow });
  const rateLimit = RateLimitModule.forRoot(settings.redisUrl ? { redisUrl: settings.redisUrl } : {});
  const webhook = using({ module: WebhookModule }, [outbound]);

  const notice = using(SecurityNoticeModule.forRoot({ serviceName, publicUrl }), [
    account,
    credential,
    notification,
  ]);
  const signIn = [account, credential, notice, notification, otp, rateLimit, session];
  const access = using(AccessModule.forRoot(accessOptions(settings)), signIn);
  const auth = using(AuthModule.forRoot({ serviceName, smsDailyBudget: settings.smsDailyBudget }), [
    access,
    ...signIn,
  ]);
  const recovery = using(RecoveryModule.forRoot({ publicUrl, serviceName }), [
    access,
    account,
    authenticator,
    credential,
    notice,
    notification,
    rateLimit,
  ]);
  const people = [access, account, credential, notice, notification, otp, session];
  const cpx = using(CpxModule.forRoot(cpxOptions(settings)), [access, auth, session]);
  const openid = using(openidModule(settings, cpx), [
    access,
    account,
    application,
    outbound,
    rateLimit,
    session,
  ]);
  const machine = MachineModule.forRoot({ publicUrl });
  const psc = using(ProSanteConnectModule.forRoot(proSanteConnectOptions(settings)), [
    access,
    auth,
    rateLimit,
    session,
  ]);
  const gate = using(GateModule.forRoot({ publicUrl, ...settings.gate }), [
    access,
    account,
    application,
    openid,
    rateLimit,
    session,
  ]);
  const myAccount = using({ module: MyAccountModule }, [...people, auth, authenticator]);
  const personalData = using(PersonalDataModule.forRoot(PERSISTENCE_PARTS), [
    access,
    account,
    myAccount,
    notice,
  ]);
  const factors = [access, account, auth, authenticator, notice, otp, session];
  const userManagement = using({ module: UserManagementModule }, [...people, authenticator, recovery]);
  const administered = [...people, userManagement, application, authenticator];
  const applications = using({ module: AdministrationApplicationsModule }, [
    ...administered,
    auth,
    gate,
    outbound,
    webhook,
  ]);
  const administration = using({ module: AdministrationModule }, [
    ...administered,
    applications,
    auth,
    personalData,
    recovery,
  ]);
  const reports = using(AdministrationReportsModule.forRoot({ annuaire: settings.annuaire }), [
    ...administered,
    outbound,
  ]);
  const setup = using(AdministrationSetupModule.forRoot(setupOptions(settings)), [
    ...administered,
    rateLimit,
  ]);
  const configuration = using({ module: AdministrationConfigurationModule }, [
    ...administered,
    applications,
    gate,
    recovery,
    setup,
    webhook,
  ]);
  return [
    AuditModule.forRoot(auditOptions(settings)),
    ...people,
    auth,
    authenticator,
    outbound,
    application,
    rateLimit,
    recovery,
    webhook,
    myAccount,
    personalData,
    userManagement,
    administration,
    applications,
    reports,
    configuration,
    setup,
    using(ScimModule.forRoot({ publicUrl }), [access, account, userManagement]),
    cpx,
    ...[PasskeyModule, TotpModule, RecoveryCodeModule].map((module) => using({ module }, factors)),
    psc,
    openid,
    using(machine, [access, account, application, openid, rateLimit, webhook]),
    gate,
    using(DemoModule.forRoot(mailbox), [account, application, credential]),
    using(OperationModule.forRoot(operationOptions(settings)), [
      ...people,
      userManagement,
      setup,
      cpx,
      keyRotation,
      openid,
      personalData,
      psc,
    ]),
  ];
}

/** A client's certificate is seen where a card's is. */
function openidModule(settings: Settings, cpx: DynamicModule): DynamicModule {
  return OpenidModule.forRootAsync({
    imports: [cpx],
    inject: [ApplicationCertificateService],
    useFactory: (certificates: ApplicationCertificateService) => ({
      ...openidOptions(settings),
      clientCertificate: (request) => certificates.of(request),
    }),
  });
}

function using(module: DynamicModule, imports: NonNullable<DynamicModule['imports']>): DynamicModule {
  return { ...module, imports: [...(module.imports ?? []), ...imports] };
}
