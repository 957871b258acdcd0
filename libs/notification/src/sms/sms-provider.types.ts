import type { Bound, Clock, Keyring } from '@portillon/kernel';
import type { SmsSender } from '../channels/channel-provider.types';

/** Reads settings by their names and gathers what is wrong with them. */
export interface SettingsReader {
  text(name: string): string | null;
  formed(name: string, form: RegExp, what: string): string | null;
  url(name: string, protocols: readonly string[]): string | null;
  whole(name: string, bound: Bound): number;
  /** The file whose path the setting `name` holds; nothing once it was refused. */
  contentOf(name: string, file: string): Buffer | undefined;
  refuse(name: string, why: string): void;
}

/** What the provider's own settings do not say. */
export interface SmsProviderSetting {
  /** Whether SMS_PROVIDERS names it. */
  isNamed: boolean;
  /** Where it reports what became of messages. Left out where it cannot reach the server. */
  reportUrl?: string;
  outboundAllow: string[];
}

/** Options of every provider. */
export interface SmsProviderCommon {
  /** Where it reports what became of a message; its id and a keyed digest are added to the query. */
  receiptUrl?: string;
  /** How many messages one process gives it in a second; more go to the next provider. */
  capacityPerSecond?: number;
}

/** A provider of SMS, declared once: `sms-providers.ts` lists all of them. */
export interface SmsProviderDefinition<Kind extends string, Options> {
  /** Its name in SMS_PROVIDERS, in the metrics and in the path of its reports. */
  readonly kind: Kind;
  /** Its settings that are secrets: each may be in a file, and none is shown. */
  readonly secrets: readonly string[];
  /** Its options, or null when it is not set up. */
  read(settings: SettingsReader, around: SmsProviderSetting): Options | null;
  /** Where its messages go. */
  addressOf(options: Options): string;
  open(options: Options, clock: Clock, keyring: Keyring): SmsSender | Promise<SmsSender>;
}
