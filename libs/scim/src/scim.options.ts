import { configurableModule } from '@portillon/kernel';

export interface ScimOptions {
  /** The public origin, with which the addresses of resources begin. */
  publicUrl: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<ScimOptions>();
