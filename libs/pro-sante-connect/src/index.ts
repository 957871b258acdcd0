export { ProSanteConnectModule } from './pro-sante-connect.module';
export type { ProSanteConnectOptions, ProviderOptions } from './pro-sante-connect.options';
export { proSanteConnectPersistence } from './pro-sante-connect.persistence';
export { ProSanteConnectHealth } from './pro-sante-connect.health';
export { proSanteConnectErrors } from './pro-sante-connect.errors';
export { proSanteConnectJournal } from './pro-sante-connect.journal';
