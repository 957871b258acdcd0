import { configurableModule } from '@portillon/kernel';

export interface RecoveryMailOptions {
  /** The public origin, which the links lead to. */
  publicUrl: string;
  /** The name of the service, as mails call it. */
  serviceName: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: RECOVERY_MAIL_OPTIONS } =
  configurableModule<RecoveryMailOptions>();
