export type { DirectoryOptions } from './directory/directory.options';
export { AdministrationReportsModule } from './administration-reports.module';
