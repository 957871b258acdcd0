export { AccountImporting } from './account-importing';
export { AdministrationModule } from './administration.module';
export { ImportWork } from './import-work';
