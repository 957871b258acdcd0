import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface SetupOptions {
  /** The origin people see: where the link of a test mail leads. */
  publicUrl: string;
  /** The name of the service, as mails call it. */
  serviceName: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: SETUP_OPTIONS } =
  new ConfigurableModuleBuilder<SetupOptions>().setClassMethodName('forRoot').build();
