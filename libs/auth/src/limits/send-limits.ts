import type { Client } from '@portillon/http';
import { channelNames, DAY, HOUR, MINUTE, reachesPhone, SECOND } from '@portillon/kernel';
import type { Channel, ErrorText, Locale } from '@portillon/kernel';
import type { CodesBy, OtpPurpose } from '@portillon/otp';
import type { Limit, LimitSubject } from '@portillon/rate-limit';

/** The subjects of message limits, as the problem document names them. */
export const COUNTED = [
  'destination',
  'destination-proofs',
  'account',
  'account-sms',
  'address-block',
  'number-prefix',
  'sms-budget',
] as const;
export type Counted = (typeof COUNTED)[number];

/** Counts that a message by another channel does not add to: who is over them may still have one. */
const OF_ONE_CHANNEL: readonly Counted[] = ['destination', 'account-sms', 'number-prefix', 'sms-budget'];

/** Whether a channel remains open when this limit is reached. */
export function leavesOtherChannels(counted: Counted): boolean {
  return OF_ONE_CHANNEL.includes(counted);
}

export interface SendLimit extends Limit {
  counted: Counted;
}

/**
 * Against mail bombing: the number of unanswered codes of one account to one address or number. {@link PER_ACCOUNT} limits
 * those of a day.
 */
export const PER_DESTINATION: readonly SendLimit[] = [
  { counted: 'destination', name: 'send.destination.10min', max: 5, windowMs: 10 * MINUTE },
  { counted: 'destination', name: 'send.destination.hour', max: 10, windowMs: HOUR },
];
/**
 * Codes to an address or number that the account has not verified, which may be a colleague's. Counted separately, so that
 * they do not use up its owner's codes.
 */
const PROOFS: SendLimit = {
  counted: 'destination-proofs',
  name: 'send.proof.day',
  max: 3,
  windowMs: DAY,
};
export const PER_ACCOUNT: SendLimit = {
  counted: 'account',
  name: 'send.account.day',
  max: 20,
  windowMs: DAY,
};

/** How many SMS of the common budget one account may use, whether or not their codes are entered. */
const SMS_PER_ACCOUNT: SendLimit = {
  counted: 'account-sms',
  name: 'send.sms.account.day',
  max: 30,
  windowMs: DAY,
};

/** SMS pumping: how many codes of one address block may stay unanswered. */
const PER_BLOCK: SendLimit = {
  counted: 'address-block',
  name: 'send.block.hour',
  max: 60,
  windowMs: HOUR,
};
/** The same for users of a structure behind one of its egress addresses, which many share (policy: × 10). */
const PER_EGRESS: SendLimit = {
  counted: 'address-block',
  name: 'send.egress.hour',
  max: 10 * PER_BLOCK.max,
  windowMs: HOUR,
};
/** SMS pumping: how many codes to neighbouring numbers may stay unanswered. */
const PER_PREFIX: SendLimit = {
  counted: 'number-prefix',
  name: 'send.prefix.10min',
  max: 30,
  windowMs: 10 * MINUTE,
};

/**
 * Of one user's concurrent requests, one writes a code: a double click would otherwise send two messages. Later requests
 * may write one after it left. This is the wait after a process that died.
 */
export const AT_ONCE_MS = 5 * SECOND;

/** `+33` and the first 7 digits of the national number: the range that SMS pumping fraud rents at once. */
const PREFIX_LENGTH = '+33'.length + 7;

/** A message with a code, as the limits count it. */
export interface CountedMessage {
  channel: Channel;
  destination: string;
  accountId: string;
  client: Client;
  /** Whether the code proves an address or number that is not the account's yet. */
  isProof: boolean;
  /** The structure whose egress address the client has, when the user belongs to it. */
  egressOf?: string;
}

/** A limit that a message would pass. */
export interface FullLimit {
  limit: SendLimit;
  /** When it allows another one. */
  retryAt: Date;
}

/** A limit, and the codes that it counts. */
export interface CodeCount {
  limit: SendLimit;
  by: CodesBy;
}

/** The counts of a message beside its own account. `proofs`: purposes of codes that prove an address or number. */
export function countsOf(sending: CountedMessage, proofs: readonly OtpPurpose[]): CodeCount[] {
  const { channel, destination, isProof } = sending;
  const counts: CodeCount[] = [countOfPlace(sending)];
  if (reachesPhone(channel))
    counts.push(smsOf(sending.accountId, channel), {
      limit: PER_PREFIX,
      by: { prefix: numberPrefix(destination) },
    });
  if (isProof) counts.push({ limit: PROOFS, by: { channel, destination, purposes: proofs } });
  return counts;
}

/** The counts that an operator may list of a subject, beside the unanswered codes of an account. */
export function countsOfSubject({ kind, value }: LimitSubject, proofs: readonly OtpPurpose[]): CodeCount[] {
  if (kind === 'account')
    return channelNames()
      .filter(reachesPhone)
      .map((channel) => smsOf(value, channel));
  if (kind === 'block') return [PER_BLOCK, PER_EGRESS].map((limit) => countOfSource(limit, value));
  if (kind === 'number-prefix') return [{ limit: PER_PREFIX, by: { prefix: value } }];
  if (kind === 'address')
    return destinationsOf(value).map((place) => ({ limit: PROOFS, by: { ...place, purposes: proofs } }));
  return [];
}

function smsOf(accountId: string, channel: Channel): CodeCount {
  return { limit: SMS_PER_ACCOUNT, by: { subjectId: accountId, all: channel } };
}

/** All codes that count for a subject. */
export function codesOfSubject(subject: LimitSubject): CodesBy[] {
  if (subject.kind === 'account') return [{ subjectId: subject.value }];
  if (subject.kind === 'address') return destinationsOf(subject.value);
  return countsOfSubject(subject, []).map(({ by }) => by);
}

/** The part that a code's row stores, for {@link countsOf} to find again. */
export function countedUnder(sending: CountedMessage): { source: string; prefix?: string } {
  const { source } = countOfPlace(sending).by;
  return reachesPhone(sending.channel) ? { source, prefix: numberPrefix(sending.destination) } : { source };
}

/**
 * A structure's own users are counted separately at its egress addresses, so that they and strangers do not block each
 * other.
 */
function countOfPlace({ client, egressOf }: Pick<CountedMessage, 'client' | 'egressOf'>) {
  return egressOf
    ? countOfSource(PER_EGRESS, egressKey(egressOf, client.addressBlock))
    : countOfSource(PER_BLOCK, client.addressBlock);
}

/** Under the name of its limit, so that no structure's id passes for an address. */
function countOfSource(limit: SendLimit, key: string): { limit: SendLimit; by: { source: string } } {
  return { limit, by: { source: `${limit.name} ${key}` } };
}

function destinationsOf(address: string): { channel: Channel; destination: string }[] {
  const isPhone = address.startsWith('+');
  const channels = channelNames().filter((name) => reachesPhone(name) === isPhone);
  return channels.map((channel) => ({ channel, destination: address }));
}

/** Returns the key that counts the users of a structure behind one of its addresses. */
export function egressKey(structureId: string, addressBlock: string): string {
  return `${structureId} ${addressBlock}`;
}

/** The key that counts neighbouring numbers together. */
export function numberPrefix(number: string): string {
  return number.slice(0, PREFIX_LENGTH);
}

/** Advice for a user whose code a limit stops, by limit. */
const DETAILS: Readonly<Record<Counted, Readonly<Record<Locale, string>>>> = {
  destination: {
    fr: 'Trop de codes vous ont été envoyés en peu de temps à cette adresse ou à ce numéro sans être saisis. Patientez le temps indiqué, demandez le code par l’autre canal s’il vous est proposé, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'Too many codes were sent to this address or number in a short time without being used. Wait until the time shown, request the code by the other channel if it is offered, or sign in with your card or Pro Santé Connect.',
  },
  'destination-proofs': {
    fr: 'Trois codes ont déjà été envoyés aujourd’hui à cette adresse ou à ce numéro pour vérifier qu’il est bien à vous. Patientez le temps indiqué, et vérifiez l’adresse ou le numéro. Vos codes de connexion arrivent comme avant.',
    en: 'Three codes were already sent today to verify this address or number. Wait until the time shown, and check the address or number. You still receive your sign-in codes.',
  },
  account: {
    fr: 'Vous avez demandé trop de codes en une journée sans les saisir. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect.',
    en: 'You requested too many codes in one day without using them. Wait until the time shown, or sign in with your card or Pro Santé Connect.',
  },
  'account-sms': {
    fr: 'Trente SMS vous ont déjà été envoyés en une journée. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'You have reached the limit of thirty text messages in one day. Request the code by email, or wait until the time shown.',
  },
  'address-block': {
    fr: 'Trop de codes demandés depuis votre réseau sont restés sans réponse. Patientez le temps indiqué, ou connectez-vous avec votre carte ou Pro Santé Connect, et prévenez le service informatique de votre structure.',
    en: 'Too many codes requested from your network were not used. Wait until the time shown, or sign in with your card or Pro Santé Connect, and contact the IT department of your organisation.',
  },
  'number-prefix': {
    fr: 'Trop de SMS envoyés à des numéros voisins du vôtre sont restés sans réponse. Demandez le code par mail, ou patientez le temps indiqué.',
    en: 'Too many codes sent to numbers similar to yours were not used. Request the code by email, or wait until the time shown.',
  },
  'sms-budget': {
    fr: 'Le nombre de SMS prévu pour la journée est atteint. Demandez le code par mail.',
    en: 'The service has reached its daily limit of text messages. Request the code by email.',
  },
};

/** The problem document's words for a message that a limit stops. */
export function sendLimitWords(counted: Counted): Readonly<Record<Locale, ErrorText>> {
  const { fr, en } = DETAILS[counted];
  return {
    fr: { title: 'Trop de codes demandés', detail: fr },
    en: { title: 'Too many codes requested', detail: en },
  };
}
