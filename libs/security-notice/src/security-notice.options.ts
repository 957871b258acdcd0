import { configurableModule } from '@portillon/kernel';

export interface SecurityNoticeOptions {
  /** The name of the service, as mails call it. */
  serviceName: string;
  /**
   * The public origin. Default: none; notices then have no link. With it, the link « Ce n’était pas moi » leads to its page
   * `/ce-n-etait-pas-moi`.
   */
  publicUrl?: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: SECURITY_NOTICE_OPTIONS } =
  configurableModule<SecurityNoticeOptions>();
