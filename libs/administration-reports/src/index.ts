export type { DirectoryOptions } from './directory/practitioner-directory.service';
export { AdministrationReportsModule } from './administration-reports.module';
export type {} from './directory/directory.journal';
