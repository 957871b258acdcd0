import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface ScimOptions {
  /** The origin people see, which the addresses of resources begin with. */
  publicUrl: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<ScimOptions>()
  .setClassMethodName('forRoot')
  .build();
