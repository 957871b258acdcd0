import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface SecurityNoticeOptions {
  /** The name of the service, as mails call it. */
  serviceName: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: SECURITY_NOTICE_OPTIONS } =
  new ConfigurableModuleBuilder<SecurityNoticeOptions>().setClassMethodName('forRoot').build();
