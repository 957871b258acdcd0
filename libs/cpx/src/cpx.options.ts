import { configurableModule } from '@portillon/kernel';

export interface CpxOptions {
  /** Offered or not. Without it every route answers `means.unavailable`. */
  enabled: boolean;
  /** The origin people see. */
  publicUrl: string;
  /** The card's own origin, when it has one: its routes answer with a ticket for `publicUrl`. */
  cardUrl: string | null;
  /** Paths where applications prove themselves by a certificate: the card's port answers them too. */
  applicationPaths: readonly string[];
  /** PEM bundle: the PERSONNES authorities, the ORGANISATIONS ones of applications' certificates, and their roots. */
  trustBundle: string;
  /** Files of revocation lists, DER or PEM. */
  revocationListFiles: readonly string[];
  ocspUrl: string | null;
  /** Test cards prove nothing about anybody: never in production. */
  allowTestCards: boolean;
  /** Cards that bear no name. */
  allowServiceCards: boolean;
  /** The proxy's proof; null: no header is believed. */
  proxySecret: string | null;
  /** Addresses and CIDR blocks of the proxies. */
  trustedProxies: readonly string[];
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: CPX_OPTIONS } =
  configurableModule<CpxOptions>();
