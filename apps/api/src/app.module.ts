import { DynamicModule, Module, Type } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { Clock, KernelModule, SystemClock } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { DemoMailbox } from '@portillon/operation';
import { libModules } from './lib-modules';
import { DocsController } from './openapi/docs.controller';
import { PERSISTENCE_PARTS } from './persistence-parts';
import { persistenceOptions } from './settings/lib-options';
import { Settings } from './settings/settings';
import { ErrorPageController } from './openapi/error-page.controller';

/** Composes the libs and decides nothing. */
@Module({})
export class AppModule {
  /** `jobs`: whether the libs' jobs run in this process, which a command that ends does not want. */
  static forRoot(
    settings: Settings,
    { clock = new SystemClock(), jobs = false }: { clock?: Clock; jobs?: boolean } = {},
  ): DynamicModule {
    const mailbox = settings.demo ? new DemoMailbox(settings.dataFolder, clock) : undefined;
    const controllers: Type[] = [ErrorPageController];
    if (settings.apiDocs) controllers.push(DocsController);
    return {
      module: AppModule,
      imports: [
        ...(jobs ? [ScheduleModule.forRoot()] : []),
        KernelModule.forRoot({ keyring: settings.keyring, clock }),
        PersistenceModule.forRoot(persistenceOptions(settings, PERSISTENCE_PARTS)),
        ...(libModules(settings, mailbox) ?? []),
      ],
      controllers,
    };
  }
}
