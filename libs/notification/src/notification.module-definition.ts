import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { NotificationOptions } from './notification.options';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<NotificationOptions>().setClassMethodName('forRoot').build();
