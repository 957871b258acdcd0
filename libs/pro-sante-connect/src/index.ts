export { ProSanteConnectModule } from './pro-sante-connect.module';
export type { ProSanteConnectOptions } from './pro-sante-connect.options';
export { proSanteConnectPersistence } from './pro-sante-connect.persistence';
export { ProviderDiscoveryService } from './provider/provider-discovery.service';
export type {} from './pro-sante-connect.errors';
export type {} from './pro-sante-connect.journal';
