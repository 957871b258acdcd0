import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface LockerDeskOptions {
  /** How long a locker stays open, in hours. */
  hours: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: LOCKER_DESK_OPTIONS } =
  new ConfigurableModuleBuilder<LockerDeskOptions>().setClassMethodName('forRoot').build();
