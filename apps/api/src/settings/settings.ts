import type { SiteStatements } from '@portillon/account';
import type { DirectoryOptions } from '@portillon/administration';
import type { AuditStreamOptions } from '@portillon/audit';
import type { PasskeyOptions } from '@portillon/authenticator';
import type { CpxOptions } from '@portillon/cpx';
import type { GateOptions } from '@portillon/gate';
import type { Keyring } from '@portillon/kernel';
import type { MailOptions, SmsProviderOptions } from '@portillon/notification';
import type { OperationOptions } from '@portillon/operation';

export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** Everything that the environment decides, read and checked once at start. */
export interface Settings {
  production: boolean;
  /** No SMTP server was named outside production: messages go to the demo mailbox, demo people are made. */
  demo: boolean;
  /** Where the application that `npm start` puts behind the gate stands; null elsewhere. */
  demoApplicationUrl: string | null;
  /** For how many days before its first start the demo has sign-ins to show; 0 elsewhere. */
  demoHistoryDays: number;
  /** Folder of the embedded database and of the demo's secrets. */
  dataFolder: string;
  port: number;
  host: string;
  publicUrl: string;
  /** 0: no operations port. */
  opsPort: number;
  opsHost: string;
  databaseUrl: string;
  database: DatabaseSettings;
  /** Where the limits are counted; nothing: in the database. */
  redisUrl: string | null;
  keyring: Keyring;
  mail: MailSettings | null;
  /** In the order in which they are tried; none: SMS is off. */
  sms: SmsProviderOptions[];
  smsDailyBudget: number;
  proSanteConnect: ProSanteConnectSettings | null;
  cpx: CpxSettings | null;
  passkeys: Pick<PasskeyOptions, 'rpId' | 'relatedOrigins'> | null;
  /** Authenticator apps give codes in place of mail and SMS. */
  totp: boolean;
  /** A printed recovery code opens a session that may add a means. */
  recoveryCodes: boolean;
  gate: Omit<GateOptions, 'publicUrl'>;
  /** Administration opens to card and Pro Santé Connect alone. */
  adminStrongMeans: boolean;
  tls: { certFile: string; keyFile: string } | null;
  /** The FHIR server of the Annuaire Santé and its key; null: no national id is looked up. */
  annuaire: DirectoryOptions['annuaire'];
  passwords: {
    /** The digests of passwords known from breaches; null: none are looked up. */
    breachedFile: string | null;
  };
  /** How long a closed account is kept before it is erased. */
  accountRetentionMonths: number;
  codeWindowHours: number;
  codeWindowScope: 'browser' | 'account';
  /** Whether applications may be registered that send neither PKCE nor a nonce. */
  pkceOff: boolean;
  sessionIdleMinutes: number;
  sessionMaxHours: number;
  /** Other levels for ways of signing in. */
  acrOfMeans: string;
  /** How long an application's access token is good. */
  accessTokenSeconds: number;
  trustedProxies: string[];
  /** What we may ask for others although it is not on the public Internet: addresses, CIDR blocks, host names. */
  outboundAllow: string[];
  supportEmail: string | null;
  /** Where weaknesses are reported: a mail address or an `https:` page. */
  securityContact: string | null;
  /** The name of the service in pages and mails. */
  serviceName: string;
  /** The body that runs it, beside its name in the pages. */
  operatorName: string | null;
  /** What the operator publishes by files; null: no folder is named. */
  statements: SiteStatements | null;
  logLevel: LogLevel;
  logFormat: 'json' | 'pretty';
  /** Whether the OpenAPI document and the page to read it are served. */
  apiDocs: boolean;
  /** Where traces go; null: nothing of OpenTelemetry is loaded. */
  telemetry: OperationOptions['telemetry'];
  /** systemd, where it started this process and waits to hear from it. */
  systemd: SystemdSettings | null;
  /** How long a line of the journal is kept. */
  auditRetentionMonths: number;
  /** Where the journal is streamed to. */
  auditStream: AuditStreamOptions | null;
  /** What can be served with and an operator should know, names only. */
  warnings: string[];
}

export interface SystemdSettings {
  /** After how long without a word it ends the process (`WatchdogSec=`). */
  watchdogMs: number | null;
}

export interface DatabaseSettings {
  /** The replica where reports are read; null: where everything is. */
  replicaUrl: string | null;
  /** Connections of this process at most. */
  poolSize: number;
  tls: {
    /** `required`: encrypted, with any server; `verify`: by the authorities of `caFile`, or the machine's, and the host's name. */
    mode: 'off' | 'required' | 'verify';
    caFile: string | null;
  };
}

/** `transport`: the relays in the order in which they are tried. */
export interface MailSettings extends MailOptions {
  transport: string[];
  /** Whether a relay that offers no TLS is refused rather than given codes in clear. */
  requireTls: boolean;
}

export interface ProSanteConnectSettings {
  discoveryUrl: string;
  clientId: string;
  authentication: { clientSecret: string } | { certFile: string; keyFile: string };
}

export interface CpxSettings extends Pick<
  CpxOptions,
  'ocspUrl' | 'allowTestCards' | 'allowServiceCards' | 'proxySecret'
> {
  trustFile: string;
  crlFiles: string[];
  /** The card's own origin, when it has one. */
  url: string | null;
  /** The port on which the server itself ends the card's TLS. */
  port: number | null;
}

/** Refused at start: names every wrong variable, never a value. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly problems: readonly string[]) {
    super(`Portillon cannot start: ${problems.length} setting(s) to correct.\n- ${problems.join('\n- ')}`);
  }
}
