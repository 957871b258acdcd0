import { DynamicModule, Module, Provider, Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Clock, ErrorsModule, KernelModule, SystemClock } from '@portillon/kernel';
import { KeyRotationModule } from '@portillon/key-rotation';
import { PersistenceModule } from '@portillon/persistence';
import { CertificateReloadService } from './certificates/certificate-reload.service';
import { DemoMailbox } from './demo/demo-mailbox';
import { DemoController } from './demo/demo.controller';
import { libModules } from './lib-modules';
import { DocsController } from './openapi/docs.controller';
import { PERSISTENCE_PARTS } from './persistence-parts';
import { MessageStateService } from './service/message-state.service';
import { ServiceAddressesController } from './service/service-addresses.controller';
import { ServiceController } from './service/service.controller';
import { ServiceDescription } from './service/service-description.service';
import { ServiceStateController } from './service/service-state.controller';
import { ServiceStateService } from './service/service-state.service';
import { SetupStateController } from './service/setup-state.controller';
import { SetupStateService } from './service/setup-state.service';
import { TimeStateService } from './service/time-state.service';
import { persistenceOptions } from './settings/lib-options';
import { Settings } from './settings/settings';
import { SettingsModule } from './settings/settings.module';
import { TelemetryService } from './telemetry/telemetry.service';
import { JournalFactsService } from './trust/journal-facts.service';
import { KeyFactsService } from './trust/key-facts.service';
import { StatementService } from './trust/statement.service';
import { PeopleFactsService } from './trust/people-facts.service';
import { StructureFactsService } from './trust/structure-facts.service';
import { TrustController } from './trust/trust.controller';
import { ErrorPageController } from './web/error-page.controller';
import { PageAnswersService } from './web/page-answers.service';
import { pagesErrors } from './web/pages.errors';

/** Composes the libs and decides nothing. */
@Module({})
export class AppModule {
  /** `jobs`: whether the libs' jobs run in this process, which a command that ends does not want. */
  static forRoot(
    settings: Settings,
    { clock = new SystemClock(), jobs = false }: { clock?: Clock; jobs?: boolean } = {},
  ): DynamicModule {
    const mailbox = settings.demo ? new DemoMailbox(settings.dataFolder, clock) : undefined;
    const providers: Provider[] = [
      CertificateReloadService,
      MessageStateService,
      JournalFactsService,
      KeyFactsService,
      PageAnswersService,
      ServiceDescription,
      ServiceStateService,
      SetupStateService,
      StatementService,
      PeopleFactsService,
      StructureFactsService,
      TelemetryService,
      TimeStateService,
    ];
    const controllers: Type[] = [
      ErrorPageController,
      ServiceController,
      ServiceAddressesController,
      ServiceStateController,
      SetupStateController,
      TrustController,
    ];
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
        ErrorsModule.forFeature(pagesErrors),
        ...libModules(settings, mailbox, keyRotation),
      ],
      controllers,
      providers,
    };
  }
}
