import { configurableModule } from '@portillon/kernel';

export interface GateOptions {
  /** The public origin, where users sign in. */
  publicUrl: string;
  /** Addresses and CIDR blocks of the proxies that ask; empty: none is believed. */
  proxies: readonly string[];
  /** The secret in `X-Portillon-Proxy-Secret` that proves a proxy beside its address; null: the address suffices. */
  proxySecret: string | null;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: GATE_OPTIONS } =
  configurableModule<GateOptions>();
