import { Clock, MINUTE } from '@portillon/kernel';
import type { Bound, Keyring } from '@portillon/kernel';
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

const PURPOSE = 'sms.receipt';

/**
 * URL of the reports of a provider that does not sign them. It has a keyed digest of the provider and the message, or
 * of the provider only where it calls one URL for all messages.
 */
export class ReceiptUrl {
  constructor(
    private readonly keyring: Keyring,
    private readonly provider: string,
    private readonly base: string,
  ) {}

  of(id = ''): URL {
    const url = new URL(this.base);
    if (id) url.searchParams.set('id', id);
    url.searchParams.set('mac', this.keyring.digest(PURPOSE, [this.provider, id]));
    return url;
  }

  /** Query of an authentic URL, with the id of its message, or empty for all messages; nothing for a forged one. */
  read(url: string): URLSearchParams | undefined {
    const { searchParams } = new URL(url);
    const parts = [this.provider, searchParams.get('id') ?? ''];
    return this.keyring.matches(searchParams.get('mac') ?? '', PURPOSE, parts) ? searchParams : undefined;
  }
}

/** Capacity of one process; 0: unlimited. */
const PER_SECOND = { default: 0, min: 0, max: 1_000 };

export function apiUrl(settings: SettingsReader, name: string): string | undefined {
  return settings.url(name, ['http:', 'https:']) ?? undefined;
}

export function capacity(settings: SettingsReader, name: string): { capacityPerSecond?: number } {
  const perSecond = settings.whole(name, PER_SECOND);
  return perSecond > 0 ? { capacityPerSecond: perSecond } : {};
}

/** Reads the settings that a provider needs: when it is named or one of them is set, all must be. */
export function neededTexts<Field extends string>(
  settings: SettingsReader,
  needed: Record<Field, string>,
  isNamed: boolean,
): Record<Field, string> | null {
  const names = Object.entries<string>(needed);
  const missing = names.map(([, name]) => name).filter((name) => !settings.text(name));
  if (!isNamed && missing.length === names.length) return null;
  const other = names.find(([, name]) => !missing.includes(name))?.[1] ?? 'SMS_PROVIDERS';
  for (const name of missing) settings.refuse(name, `is required with ${other}`);
  return Object.fromEntries(names.map(([field, name]) => [field, settings.text(name) ?? ''])) as Record<
    Field,
    string
  >;
}

/** Senders that French operators accept: a name of letters and digits, or a number, which may be a short one. */
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9]{1,11}$/;
const NUMBER = /^(?:\+[1-9]\d{6,14}|\d{4,6})$/;
/** A personal mobile number: forbidden for automatic messages (Arcep, decision 2022-1583). */
const FRENCH_MOBILE = /^\+33[67]/;
/** Names that do not identify a sender (AF2M, charter of senders). */
const GENERIC = 'ALERT ALERTE ALERTES BANQUE CODE COLIS CONTACT INFO INFOS INFOSMS LIVRAISON MESSAGE '
  .concat('NOTIF OTP PROMO RAPPEL RDV SANTE SECURITE SERVICE SMS SMSINFO TEST URGENT')
  .split(' ');

/** Reads the sender of SMS: operators drop or overwrite invalid ones. */
export function smsSender(settings: SettingsReader, name: string): string | null {
  const sender = settings.text(name);
  if (sender === null) return null;
  if (!NAME.test(sender) && !NUMBER.test(sender))
    settings.refuse(
      name,
      'must be at most 11 letters and digits without space, one letter at least, or a number as +33… or a short one',
    );
  else if (GENERIC.includes(sender.toUpperCase()))
    settings.refuse(name, 'must name the service: operators in France drop a word that any sender could use');
  else if (FRENCH_MOBILE.test(sender))
    settings.refuse(name, 'must be no French mobile number (06, 07): they are forbidden to machines');
  return sender;
}

/** Range that providers accept; messages are never valid for longer. */
const [SHORTEST, LONGEST] = [1, 1_440];

/** Validity of a message at the provider, whole minutes. */
export function minutesLeft(usefulUntil: Date, clock: Clock): number {
  const left = Math.floor((usefulUntil.getTime() - clock.now().getTime()) / MINUTE);
  return Math.min(Math.max(left, SHORTEST), LONGEST);
}
