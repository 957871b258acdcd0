export { ProSanteConnectModule } from './pro-sante-connect.module';
export type { ProSanteConnectOptions, ProviderOptions } from './pro-sante-connect.options';
export { proSanteConnectPersistence } from './pro-sante-connect.persistence';
export { ProviderDiscoveryService } from './provider/provider-discovery.service';
export { proSanteConnectErrors } from './pro-sante-connect.errors';
export { proSanteConnectJournal } from './pro-sante-connect.journal';
