export { ApplicationTestService } from './applications/application-test.service';
export { ImportUploadService } from './imports/import-upload.service';
export { AdministrationModule } from './administration.module';
export { ImportJob } from './imports/import.job';
export { administrationErrors } from './administration.errors';
export { administrationJournal } from './administration.journal';
