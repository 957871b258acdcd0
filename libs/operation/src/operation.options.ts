import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { AuditStreamOptions } from '@portillon/audit';
import type { SmsProviderOptions } from '@portillon/notification';

interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** What the pages and the papers of a deployment show of its settings: those of the server, as they are. */
export interface OperationOptions {
  /** Of this build. */
  version: string;
  /** SHA-256 of the list of parts of this build, in hexadecimal; null: the sources run as they are. */
  sbomSha256: string | null;
  production: boolean;
  demo: boolean;
  publicUrl: string;
  serviceName: string;
  /** The body that runs the service. */
  operatorName: string | null;
  supportEmail: string | null;
  /** The contact for weaknesses: a mail address or an `https:` page. */
  securityContact: string | null;
  databaseUrl: string;
  database: {
    /** The replica where reports are read; null: where everything is. */
    replicaUrl: string | null;
    /** `required`: encrypted, with any server; `verify`: by the authorities of `caFile`, or the machine's, and the host's name. */
    tls: { mode: 'off' | 'required' | 'verify'; caFile: string | null };
  };
  redisUrl: string | null;
  tls: CertificateFiles | null;
  mail: { transport: string[]; requireTls: boolean } | null;
  /** In the order in which they are tried. */
  sms: SmsProviderOptions[];
  proSanteConnect: {
    discoveryUrl: string;
    authentication: { clientSecret: string } | CertificateFiles;
  } | null;
  cpx: {
    trustFile: string;
    ocspUrl: string | null;
    allowServiceCards: boolean;
    /** The card's own origin, when it has one. */
    url: string | null;
    /** The port on which the server itself ends the card's TLS. */
    port: number | null;
  } | null;
  passkeys: object | null;
  totp: boolean;
  recoveryCodes: boolean;
  adminStrongMeans: boolean;
  annuaire: { url: string } | null;
  auditStream: Pick<AuditStreamOptions, 'kind' | 'url' | 'tls'> | null;
  acrOfMeans: string;
  codeWindowHours: number;
  codeWindowScope: 'browser' | 'account';
  sessionIdleMinutes: number;
  sessionMaxHours: number;
  /** The target of traces; null: OpenTelemetry is not loaded. */
  telemetry: TelemetryOptions | null;
}

export interface TelemetryOptions {
  /** The base URL of the collector, without `/v1/traces`. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** Of the traces that are kept, from 0 to 1. */
  ratio: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: OPERATION_OPTIONS } =
  new ConfigurableModuleBuilder<OperationOptions>().setClassMethodName('forRoot').build();
