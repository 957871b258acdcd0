import { configurableModule } from '@portillon/kernel';

export interface OutboundOptions {
  /**
   * Exceptions to the refusal of internal addresses: addresses and CIDR blocks under any name; host names with any
   * address.
   */
  allow: string[];
  /** Certificate authorities (PEM) beside those of Node. */
  authorities?: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: OUTBOUND_OPTIONS } =
  configurableModule<OutboundOptions>();
