import type { Bound, Clock, Keyring } from '@portillon/kernel';
import type { SmsSender } from '../channels/channel-provider.types';

/** Reads settings by name and collects their faults. */
export interface SettingsReader {
  text(name: string): string | null;
  formed(name: string, form: RegExp, what: string): string | null;
  url(name: string, protocols: readonly string[]): string | null;
  whole(name: string, bound: Bound): number;
  /** Content of the file named by the setting `name`; nothing once it was refused. */
  contentOf(name: string, file: string): Buffer | undefined;
  refuse(name: string, why: string): void;
}

/** Context of a provider beyond its settings. */
export interface SmsProviderSetting {
  /** Whether SMS_PROVIDERS names it. */
  isNamed: boolean;
  /** URL for its reports. Left out when the provider cannot reach the server. */
  reportUrl?: string;
  outboundAllow: string[];
}

/** Options of every provider. */
export interface SmsProviderCommon {
  /** URL for its reports; the message's id and a keyed digest are added to the query. */
  receiptUrl?: string;
  /** Messages per second from one process; further ones go to the next provider. */
  capacityPerSecond?: number;
}

/** A provider of SMS, declared once: `sms-providers.ts` lists all of them. */
export interface SmsProviderDefinition<Kind extends string, Options> {
  /** Its name in SMS_PROVIDERS, in the metrics and in the path of its reports. */
  readonly kind: Kind;
  /** Names of its secret settings: each may be in a file, and none is shown. */
  readonly secrets: readonly string[];
  /** Reads its options; null when it is not configured. */
  read(settings: SettingsReader, around: SmsProviderSetting): Options | null;
  /** Address of its API. */
  addressOf(options: Options): string;
  open(options: Options, clock: Clock, keyring: Keyring): SmsSender | Promise<SmsSender>;
}
