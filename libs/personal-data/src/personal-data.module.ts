import { DynamicModule, Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { PersistenceModule } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { ClosedAccountJob } from './erasure/closed-account.job';
import { ErasureService } from './erasure/erasure.service';
import { ExportService } from './export/export.service';
import { OwnDataController } from './own-data.controller';
import { personalDataJournal } from './personal-data.journal';
import { PERSONAL_DATA_PARTS, PersonalDataRegistry } from './personal-data.registry';

const SERVICES = [ErasureService, ExportService, PersonalDataRegistry];

/**
 * Exports and erasures, from what the parts declare. Imported with `AccessModule`, `AccountModule`, `MyAccountModule`,
 * `SecurityNoticeModule` and, anywhere in the application, the modules of the parts.
 */
@Module({})
export class PersonalDataModule {
  static forRoot(parts: readonly PersistencePart[]): DynamicModule {
    return {
      module: PersonalDataModule,
      imports: [PersistenceModule],
      controllers: [OwnDataController],
      providers: [
        { provide: PERSONAL_DATA_PARTS, useValue: parts },
        registerJournal(personalDataJournal),
        ...SERVICES,
        ClosedAccountJob,
      ],
      exports: SERVICES,
    };
  }
}
