import { Module } from '@nestjs/common';
import { registerJournal } from '@portillon/audit';
import { ErrorsModule } from '@portillon/kernel';
import { PersistenceModule } from '@portillon/persistence';
import { StructureModule } from '@portillon/structure';
import { importsJournal } from './imports.journal';
import { AccountImportController } from './account-import.controller';
import { AdministeredImportService } from './administered-import.service';
import { ImportCheckService } from './import-check.service';
import { ImportDecisionService } from './import-decision.service';
import { ImportLineController } from './import-line.controller';
import { ImportProblemTextService } from './import-problem-text.service';
import { ImportReportService } from './import-report.service';
import { ImportStepService } from './import-step.service';
import { ImportUploadService } from './import-upload.service';
import { ImportJob } from './import.job';
import { importsErrors, importsFields } from './imports.errors';

/** Files of accounts: read, checked, made, undone. */
@Module({
  imports: [PersistenceModule, ErrorsModule.forFeature(importsErrors, importsFields), StructureModule],
  controllers: [AccountImportController, ImportLineController],
  providers: [
    registerJournal(importsJournal),
    AdministeredImportService,
    ImportCheckService,
    ImportDecisionService,
    ImportJob,
    ImportProblemTextService,
    ImportReportService,
    ImportStepService,
    ImportUploadService,
  ],
  exports: [ImportJob, ImportUploadService],
})
export class ImportsModule {}
