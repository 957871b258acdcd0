import { ConfigurableModuleBuilder } from '@nestjs/common';

export interface OutboundOptions {
  /**
   * What may be asked although it is not on the public Internet: addresses and CIDR blocks, at whatever name; host names,
   * at whatever address.
   */
  allow: string[];
  /** Authorities (PEM) whose certificates are accepted beside those that Node knows. */
  authorities?: string;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: OUTBOUND_OPTIONS } =
  new ConfigurableModuleBuilder<OutboundOptions>().setClassMethodName('forRoot').build();
