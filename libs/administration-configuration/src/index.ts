export { ConfigurationDocument } from './configuration.dto';
export { ConfigurationService } from './configuration.service';
export { SECTIONS } from './configuration.types';
export type { EntryChange, SectionName } from './configuration.types';
export type {} from './configuration.errors';
export { AdministrationConfigurationModule } from './administration-configuration.module';
