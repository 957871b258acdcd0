import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { registerLimits } from '@portillon/rate-limit';
import { setupJournal } from './setup.journal';
import { LegalNoticeEditService } from './legal-notice-edit.service';
import { LegalNoticeController } from './legal-notice.controller';
import { PublishedNoticeController } from './published-notice.controller';
import { SetupActController } from './setup-act.controller';
import { SetupConfirmService } from './setup-confirm.service';
import { setupErrors } from './setup.errors';
import { ConfigurableModuleClass } from './setup.options';
import { SETUP_LIMITS, TestLimitService } from './test-limit.service';
import { TestLinkService } from './test-link.service';
import { TestMessageService } from './test-message.service';

/** The first hour of a service, and the texts that the law has its operator publish. */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(setupErrors)],
  controllers: [LegalNoticeController, PublishedNoticeController, SetupActController],
  providers: [
    registerJournal(setupJournal),
    registerLimits(SETUP_LIMITS),
    LegalNoticeEditService,
    SetupConfirmService,
    TestLimitService,
    TestLinkService,
    TestMessageService,
  ],
})
export class SetupModule extends ConfigurableModuleClass {}
