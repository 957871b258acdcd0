import { DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { DemoApplicationService } from './demo-application.service';
import { DemoHistoryService } from './demo-history.service';
import { DemoMailbox } from './demo-mailbox';
import { DemoPeopleService } from './demo-people.service';
import { DemoController } from './demo.controller';

const SERVICES = [DemoApplicationService, DemoHistoryService, DemoPeopleService];

/** Creates the first data of the demo. Needs the modules of account, application and credential. */
@Module({ imports: [PersistenceModule, StructureModule], providers: SERVICES, exports: SERVICES })
export class DemoModule {
  /** `mailbox`: adds the page that shows it. Undefined when messages are really sent. */
  static forRoot(mailbox: DemoMailbox | undefined): DynamicModule {
    if (!mailbox) return { module: DemoModule };
    const providers = [{ provide: DemoMailbox, useValue: mailbox }];
    return { module: DemoModule, controllers: [DemoController], providers };
  }
}
