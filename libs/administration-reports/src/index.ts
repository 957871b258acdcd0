export type { DirectoryOptions } from './directory/practitioner-directory.service';
export { AdministrationReportsModule } from './administration-reports.module';
export { DirectoryPause } from './directory/directory-client.service';
export { DirectoryOrganizationsService } from './directory/directory-organizations.service';
export type {} from './directory/directory.journal';
