import type { SiteStatements } from '@portillon/account';
import type { Keyring } from '@portillon/kernel';

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
  sms: SmsProviderSettings[];
  smsDailyBudget: number;
  proSanteConnect: ProSanteConnectSettings | null;
  cpx: CpxSettings | null;
  passkeys: PasskeySettings | null;
  /** Authenticator apps give codes in place of mail and SMS. */
  totp: boolean;
  /** A printed recovery code opens a session that may add a means. */
  recoveryCodes: boolean;
  gate: GateSettings;
  /** Administration opens to card and Pro Santé Connect alone. */
  adminStrongMeans: boolean;
  tls: { certFile: string; keyFile: string } | null;
  /** The FHIR server of the Annuaire Santé and its key; null: no national id is looked up. */
  annuaire: { url: string; key: string } | null;
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
  telemetry: TelemetrySettings | null;
  /** systemd, where it started this process and waits to hear from it. */
  systemd: SystemdSettings | null;
  /** How long a line of the journal is kept. */
  auditRetentionMonths: number;
  /** Where the journal is streamed to. */
  auditStream: AuditStreamSettings | null;
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

export interface MailSettings {
  /** The relays in the order in which they are tried. */
  smtpUrls: string[];
  from: string;
  /** Whether a relay that offers no TLS is refused rather than given codes in clear. */
  requireTls: boolean;
  /** Folder of a look of the mails of one's own; nothing: ours. */
  templates: string | null;
  /** Connections of this process to each relay at most. */
  poolSize: number;
  /** For each of a relay's name, its connection and its greeting. */
  connectSeconds: number;
  /** How long a connection to a relay stays open without use. */
  idleSeconds: number;
  /** How mails are signed; nothing: by the relay, or not at all. */
  dkim: DkimSettings | null;
  /** Where mails that cannot be delivered come back, to be read; nothing: to `from`. */
  bounces: string | null;
}

export interface DkimSettings {
  domain: string;
  selector: string;
  keyFile: string;
}

export type SmsProviderSettings = TwilioSettings | OvhSettings | KannelSettings;

interface SmsCapacity {
  /** How many SMS this process gives it in a second; 0: as many as there are. */
  perSecond: number;
}

export interface TwilioSettings extends SmsCapacity {
  kind: 'twilio';
  accountSid: string;
  authToken: string;
  from: string | null;
  messagingServiceSid: string | null;
  apiUrl: string | null;
}

export interface TelemetrySettings {
  /** The base URL of the collector, without `/v1/traces`. */
  endpoint: string;
  headers: Record<string, string>;
  serviceName: string;
  /** Of the traces that are kept, from 0 to 1. */
  ratio: number;
}

export interface OvhSettings extends SmsCapacity {
  kind: 'ovh';
  applicationKey: string;
  applicationSecret: string;
  consumerKey: string;
  /** The SMS account there. */
  serviceName: string;
  from: string;
  apiUrl: string | null;
}

export interface KannelSettings extends SmsCapacity {
  kind: 'kannel';
  /** Of its smsbox. */
  sendUrl: string;
  username: string;
  password: string;
  from: string;
}

export interface AuditStreamSettings {
  kind: 'syslog' | 'otlp';
  url: URL;
  tls: boolean;
  /** The authority of its certificate. */
  caFile: string | null;
  headers: Record<string, string>;
}

export interface ProSanteConnectSettings {
  discoveryUrl: string;
  clientId: string;
  authentication: { clientSecret: string } | { certFile: string; keyFile: string };
}

export interface PasskeySettings {
  /** The domain that passkeys are made for. */
  rpId: string;
  /** Origins other than ours whose pages may use them. */
  relatedOrigins: string[];
}

export interface GateSettings {
  /** Addresses and blocks of the proxies whose questions are answered. */
  proxies: string[];
  /** What they prove themselves by besides their address. */
  proxySecret: string | null;
}

export interface CpxSettings {
  trustFile: string;
  crlFiles: string[];
  ocspUrl: string | null;
  allowTestCards: boolean;
  allowServiceCards: boolean;
  proxySecret: string | null;
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
