import { AccessModule } from '@portillon/access';
import { AccountModule } from '@portillon/account';
import { MyAccountModule } from '@portillon/my-account';
import { SecurityNoticeModule } from '@portillon/security-notice';
import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { PersistenceModule } from '@portillon/persistence';
import { ClosedAccountJob } from './erasure/closed-account.job';
import { ErasureService } from './erasure/erasure.service';
import { ExportService } from './export/export.service';
import { OwnDataController } from './own-data.controller';
import { personalDataJournal } from './personal-data.journal';
import { ConfigurableModuleClass, PersonalDataRegistry } from './personal-data.registry';

const SERVICES = [ErasureService, ExportService, PersonalDataRegistry];

/** Exports and erasures, from what the parts of the database declare, whose modules are anywhere in the application. */
@Module({
  imports: [AccessModule, AccountModule, MyAccountModule, SecurityNoticeModule, PersistenceModule],
  controllers: [OwnDataController],
  providers: [registerJournal(personalDataJournal), ...SERVICES, ClosedAccountJob],
  exports: SERVICES,
})
export class PersonalDataModule extends ConfigurableModuleClass {}
