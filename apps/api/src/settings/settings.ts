import type { PublishedStatements } from '@portillon/administration-setup';
import type { DirectoryOptions } from '@portillon/administration-reports';
import type { AuditStreamOptions } from '@portillon/audit';
import type { PasskeyOptions } from '@portillon/authenticator';
import type { CpxOptions } from '@portillon/cpx';
import type { GateOptions } from '@portillon/gate';
import type { LogOptions } from '@portillon/http';
import type { Keyring } from '@portillon/kernel';
import type { MailOptions } from '@portillon/notification';
import type { OperationOptions } from '@portillon/operation';

/** Everything that the environment decides, read and checked once at start. */
export interface Settings extends Omit<OperationOptions, 'version' | 'sbomSha256'>, LogOptions {
  /** The address of the application that `npm start` puts behind the gate; null elsewhere. */
  demoApplicationUrl: string | null;
  /** For how many days before its first start the demo has sign-ins to show; 0 elsewhere. */
  demoHistoryDays: number;
  /** Folder of the embedded database and of the demo's secrets. */
  dataFolder: string;
  port: number;
  host: string;
  /** 0: no operations port. */
  opsPort: number;
  opsHost: string;
  database: DatabaseSettings;
  keyring: Keyring;
  mail: MailSettings | null;
  smsDailyBudget: number;
  proSanteConnect: ProSanteConnectSettings | null;
  cpx: CpxSettings | null;
  passkeys: Pick<PasskeyOptions, 'rpId' | 'relatedOrigins'> | null;
  gate: Omit<GateOptions, 'publicUrl'>;
  /** The FHIR server of the Annuaire Santé and its key; null: no national id is looked up. */
  annuaire: DirectoryOptions['annuaire'];
  passwords: {
    /** The digests of passwords known from breaches; null: none are looked up. */
    breachedFile: string | null;
  };
  /** How long a closed account is kept before it is erased. */
  accountRetentionMonths: number;
  /** When passwords that moved in from another product end; null: 12 months after each. */
  moveInUntil: Date | null;
  /** Whether applications may be registered that send neither PKCE nor a nonce. */
  pkceOff: boolean;
  /** How long an application's access token is good. */
  accessTokenSeconds: number;
  trustedProxies: string[];
  /** Private targets that may be called for others: addresses, CIDR blocks, host names. */
  outboundAllow: string[];
  /** The operator's texts from files; null: no folder is configured. */
  statements: PublishedStatements | null;
  /** Whether the OpenAPI document and the page to read it are served. */
  apiDocs: boolean;
  /** systemd, where it started this process and waits to hear from it. */
  systemd: SystemdSettings | null;
  /** How long a line of the journal is kept. */
  auditRetentionMonths: number;
  /** Where the journal is streamed to. */
  auditStream: AuditStreamOptions | null;
  /** Warnings about settings that do not prevent a start, by names only. */
  warnings: string[];
}

export interface SystemdSettings {
  /** After how long without a word it ends the process (`WatchdogSec=`). */
  watchdogMs: number | null;
}

export type DatabaseSettings = OperationOptions['database'] & {
  /** Connections of this process at most. */
  poolSize: number;
};

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
