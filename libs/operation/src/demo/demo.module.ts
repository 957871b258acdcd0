import { DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { DemoApplicationService } from './demo-application.service';
import { DemoHistoryService } from './demo-history.service';
import { DemoMailbox } from './demo-mailbox';
import { DemoPeopleService } from './demo-people.service';
import { DemoController } from './demo.controller';

const SERVICES = [DemoApplicationService, DemoHistoryService, DemoPeopleService];

/** What the demo begins with. Needs the modules of account, application and credential. */
@Module({ imports: [PersistenceModule, StructureModule], providers: SERVICES, exports: SERVICES })
export class DemoModule {
  /** `mailbox`: with the page where it is read; nothing where messages leave. */
  static forRoot(mailbox: DemoMailbox | undefined): DynamicModule {
    if (!mailbox) return { module: DemoModule };
    const providers = [{ provide: DemoMailbox, useValue: mailbox }];
    return { module: DemoModule, controllers: [DemoController], providers };
  }
}
