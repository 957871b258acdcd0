import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface ScimOptions {
  /** The public origin, with which the addresses of resources begin. */
  publicUrl: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<ScimOptions>()
  .setClassMethodName('forRoot')
  .build();
