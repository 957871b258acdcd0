export type { DirectoryOptions } from './directory/practitioner-directory.service';
export { AdministrationReportsModule } from './administration-reports.module';
