import { configurableModule } from '@portillon/kernel';

export interface LockerDeskOptions {
  /** How long a locker stays open, in hours. */
  hours: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: LOCKER_DESK_OPTIONS } =
  configurableModule<LockerDeskOptions>();
