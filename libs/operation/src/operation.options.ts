import { configurableModule } from '@portillon/kernel';
import type { AuditStreamOptions } from '@portillon/audit';
import type { SmsProviderOptions } from '@portillon/notification';

interface CertificateFiles {
  certFile: string;
  keyFile: string;
}

/** The settings of a deployment that its pages and documents show: those of the server, unchanged. */
export interface OperationOptions {
  /** The version of this build. */
  version: string;
  /** SHA-256 of this build's software bill of materials, in hexadecimal; null when the sources run without a build. */
  sbomSha256: string | null;
  production: boolean;
  demo: boolean;
  publicUrl: string;
  serviceName: string;
  /** The organisation that runs the service. */
  operatorName: string | null;
  supportEmail: string | null;
  /** The contact for security reports: a mail address or an `https:` page. */
  securityContact: string | null;
  databaseUrl: string;
  database: {
    /** The replica that reports are read from; null: the main database. */
    replicaUrl: string | null;
    /**
     * `required`: encrypted, with any server. `verify`: also checks the host name, and the authorities of `caFile` or of
     * the system.
     */
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
    /** The separate origin of the card, when there is one. */
    url: string | null;
    /** The port on which the server itself terminates the card's TLS. */
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
  /** The share of traces to keep, from 0 to 1. */
  ratio: number;
}

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN: OPERATION_OPTIONS } =
  configurableModule<OperationOptions>();
