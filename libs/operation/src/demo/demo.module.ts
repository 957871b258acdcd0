import { AccountModule } from '@portillon/account';
import { ApplicationModule } from '@portillon/application';
import { CredentialModule } from '@portillon/credential';
import { DynamicModule, Module } from '@nestjs/common';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { DemoService } from './demo.service';
import { DemoMailbox } from './demo-mailbox';
import { DemoController } from './demo.controller';

/** Creates the first data of the demo. Needs the modules of account, application and credential. */
@Module({
  imports: [AccountModule, ApplicationModule, CredentialModule, PersistenceModule, StructureModule],
  providers: [DemoService],
  exports: [DemoService],
})
export class DemoModule {
  /** `mailbox`: adds the page that shows it. Undefined when messages are really sent. */
  static forRoot(mailbox: DemoMailbox | undefined): DynamicModule {
    if (!mailbox) return { module: DemoModule };
    const providers = [{ provide: DemoMailbox, useValue: mailbox }];
    return { module: DemoModule, controllers: [DemoController], providers };
  }
}
