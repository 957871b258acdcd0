import { DynamicModule, Module, Provider, Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { accountPersistence } from '@portillon/account';
import { applicationPersistence } from '@portillon/application';
import { auditPersistence } from '@portillon/audit';
import { authenticatorPersistence } from '@portillon/authenticator';
import { credentialPersistence } from '@portillon/credential';
import { gatePersistence } from '@portillon/gate';
import { idempotencyPersistence } from '@portillon/idempotency';
import { Clock, KernelModule, SystemClock } from '@portillon/kernel';
import { notificationPersistence } from '@portillon/notification';
import { openidPersistence } from '@portillon/openid';
import { otpPersistence } from '@portillon/otp';
import { KeyRotationModule, keyRotationPersistence, PersistenceModule } from '@portillon/persistence';
import { proSanteConnectPersistence } from '@portillon/pro-sante-connect';
import { rateLimitPersistence } from '@portillon/rate-limit';
import { sessionPersistence } from '@portillon/session';
import { webhookPersistence } from '@portillon/webhook';
import { CertificateReloadService } from './certificates/certificate-reload.service';
import { DemoMailbox } from './demo/demo-mailbox';
import { DemoController } from './demo/demo.controller';
import { libModules } from './lib-modules';
import { DocsController } from './openapi/docs.controller';
import { ServiceController } from './service/service.controller';
import { ServiceDescription } from './service/service-description.service';
import { persistenceOptions } from './settings/lib-options';
import { Settings } from './settings/settings';
import { SettingsModule } from './settings/settings.module';
import { PageAnswersService } from './web/page-answers.service';

const PERSISTENCE_PARTS = [
  keyRotationPersistence,
  accountPersistence,
  credentialPersistence,
  authenticatorPersistence,
  otpPersistence,
  sessionPersistence,
  notificationPersistence,
  auditPersistence,
  rateLimitPersistence,
  idempotencyPersistence,
  proSanteConnectPersistence,
  openidPersistence,
  applicationPersistence,
  gatePersistence,
  webhookPersistence,
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
    const providers: Provider[] = [CertificateReloadService, PageAnswersService, ServiceDescription];
    const controllers: Type[] = [ServiceController];
    if (settings.apiDocs) controllers.push(DocsController);
    if (mailbox) {
      providers.push({ provide: DemoMailbox, useValue: mailbox });
      controllers.push(DemoController);
    }
    const keyRotation = KeyRotationModule.forRoot(PERSISTENCE_PARTS);
    return {
      module: AppModule,
      imports: [
        ...(jobs ? [ScheduleModule.forRoot()] : []),
        SettingsModule.forRoot(settings),
        KernelModule.forRoot({ keyring: settings.keyring, clock }),
        PersistenceModule.forRoot(persistenceOptions(settings, PERSISTENCE_PARTS)),
        keyRotation,
        ...libModules(settings, mailbox, keyRotation),
      ],
      controllers,
      providers,
    };
  }
}
