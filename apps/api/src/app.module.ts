import { DynamicModule, Module, Provider, Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { AccountModule, accountPersistence } from '@portillon/account';
import { AdministrationModule } from '@portillon/administration';
import { AuditModule, auditPersistence } from '@portillon/audit';
import { AuthModule } from '@portillon/auth';
import { CredentialModule, credentialPersistence } from '@portillon/credential';
import { CpxModule } from '@portillon/cpx';
import { Clock, KernelModule, SystemClock } from '@portillon/kernel';
import { MyAccountModule } from '@portillon/my-account';
import { NotificationModule, NotificationOptions, notificationPersistence } from '@portillon/notification';
import { OtpModule, otpPersistence } from '@portillon/otp';
import { PersistenceModule } from '@portillon/persistence';
import { ProSanteConnectModule, proSanteConnectPersistence } from '@portillon/pro-sante-connect';
import { RateLimitModule, rateLimitPersistence } from '@portillon/rate-limit';
import { RecoveryModule } from '@portillon/recovery';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { SessionModule, sessionPersistence } from '@portillon/session';
import { CertificateReloadService } from './certificates/certificate-reload.service';
import { DemoMailbox } from './demo/demo-mailbox';
import { DemoController } from './demo/demo.controller';
import { HealthModule } from './health/health.module';
import { DocsController } from './openapi/docs.controller';
import { ServiceController } from './service/service.controller';
import {
  authOptions,
  cpxOptions,
  notificationOptions,
  persistenceOptions,
  proSanteConnectOptions,
  rateLimitOptions,
  SERVICE_NAME,
  sessionOptions,
} from './settings/lib-options';
import { Settings } from './settings/settings';
import { SettingsModule } from './settings/settings.module';

const PERSISTENCE_PARTS = [
  accountPersistence,
  credentialPersistence,
  otpPersistence,
  sessionPersistence,
  notificationPersistence,
  auditPersistence,
  rateLimitPersistence,
  proSanteConnectPersistence,
];

/** Composes the libs and decides nothing. */
@Module({})
export class AppModule {
  /** `jobs`: whether the libs' jobs run in this process, which a command that ends does not want. */
  static forRoot(
    settings: Settings,
    { clock = new SystemClock(), jobs = false }: { clock?: Clock; jobs?: boolean } = {},
  ): DynamicModule {
    const mailbox = settings.demo ? new DemoMailbox(settings.dataFolder, clock) : undefined;
    const providers: Provider[] = [CertificateReloadService];
    const controllers: Type[] = [ServiceController, DocsController];
    if (mailbox) {
      providers.push({ provide: DemoMailbox, useValue: mailbox });
      controllers.push(DemoController);
    }
    const cpx = CpxModule.forRoot(cpxOptions(settings));
    return {
      module: AppModule,
      imports: [
        ...(jobs ? [ScheduleModule.forRoot()] : []),
        SettingsModule.forRoot(settings),
        KernelModule.forRoot({ keyring: settings.keyring, clock }),
        PersistenceModule.forRoot(persistenceOptions(settings, PERSISTENCE_PARTS)),
        ...domains(settings, notificationOptions(settings, mailbox)),
        everywhere(SecurityNoticeModule.forRoot({ serviceName: SERVICE_NAME })),
        everywhere(AuthModule.forRoot(authOptions(settings))),
        everywhere(RecoveryModule.forRoot({ publicUrl: settings.publicUrl, serviceName: SERVICE_NAME })),
        MyAccountModule,
        AdministrationModule,
        cpx,
        ProSanteConnectModule.forRoot(proSanteConnectOptions(settings)),
        { module: HealthModule, imports: [cpx] },
      ],
      controllers,
      providers,
    };
  }
}

function domains(settings: Settings, notifications: NotificationOptions): DynamicModule[] {
  return [
    AccountModule.forRoot({}),
    CredentialModule.forRoot({}),
    OtpModule.forRoot({}),
    SessionModule.forRoot(sessionOptions(settings)),
    NotificationModule.forRoot(notifications),
    { module: AuditModule },
    RateLimitModule.forRoot(rateLimitOptions(settings)),
  ].map(everywhere);
}

/** The features conduct every domain; listing each in each feature would say nothing. */
function everywhere(module: DynamicModule): DynamicModule {
  return { ...module, global: true };
}
