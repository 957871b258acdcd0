import { DAY, HOUR, Keyring, MINUTE, SECOND } from '@portillon/kernel';
import type { Client } from '@portillon/http';
import type { OtpChannel } from '@portillon/otp';
import type { Hit, Limit, LimitsByKind } from '@portillon/rate-limit';

/** What a limit of messages counts by, as the problem document names it. */
export const COUNTED = [
  'destination',
  'destination-proofs',
  'account',
  'address-block',
  'number-prefix',
  'sms-budget',
] as const;
export type Counted = (typeof COUNTED)[number];

/** Counts that a message by another channel does not add to: who is over them may still have one. */
const OF_ONE_CHANNEL: readonly Counted[] = ['destination', 'number-prefix', 'sms-budget'];

/** Whether another channel than the one whose limit is reached is still open. */
export function leavesOtherChannels(counted: Counted): boolean {
  return OF_ONE_CHANNEL.includes(counted);
}

export interface SendLimit extends Limit {
  counted: Counted;
}

/** Mail bombing: how many messages may reach one address or number, answered or not. */
const PER_DESTINATION: readonly SendLimit[] = [
  { counted: 'destination', name: 'send.destination.10min', max: 5, windowMs: 10 * MINUTE },
  { counted: 'destination', name: 'send.destination.hour', max: 10, windowMs: HOUR },
  { counted: 'destination', name: 'send.destination.day', max: 20, windowMs: DAY },
];
/**
 * Codes to an address or number that an account has not proved yet, and that may be a colleague's: counted apart, so that
 * they use up none of the codes of its owner.
 */
const PROOFS: SendLimit = {
  counted: 'destination-proofs',
  name: 'send.proof.day',
  max: 3,
  windowMs: DAY,
};
const PER_ACCOUNT: SendLimit = { counted: 'account', name: 'send.account.day', max: 20, windowMs: DAY };

/** SMS pumping: how many messages of one address block may stay unanswered. */
export const PER_BLOCK: SendLimit = {
  counted: 'address-block',
  name: 'send.block.hour',
  max: 60,
  windowMs: HOUR,
};
/** The same for the people of a structure behind one of its own egress addresses: many of them share it (policy: × 10). */
export const PER_EGRESS: SendLimit = {
  counted: 'address-block',
  name: 'send.egress.hour',
  max: 10 * PER_BLOCK.max,
  windowMs: HOUR,
};
/** SMS pumping: how many messages to neighbouring numbers may stay unanswered. */
export const PER_PREFIX: SendLimit = {
  counted: 'number-prefix',
  name: 'send.prefix.10min',
  max: 30,
  windowMs: 10 * MINUTE,
};

/** What an operator may list and clear. The budget of SMS is the operator's own: a setting. */
export const SEND_LIMITS = {
  account: [PER_ACCOUNT],
  address: [...PER_DESTINATION, PROOFS],
  block: [PER_BLOCK, PER_EGRESS],
  'number-prefix': [PER_PREFIX],
} as const satisfies LimitsByKind;

/**
 * Of requests at once by one person in one browser one writes a code: the others, such as a second press of the button,
 * would send two messages. Given back once it left; the time is that of a request whose process died.
 */
export const ONE_AT_A_TIME: Limit = { name: 'send.at-once', max: 1, windowMs: 5 * SECOND };

/** `+33` and the first 7 digits of the national number: what a pumping fraud rents at once. */
const PREFIX_LENGTH = '+33'.length + 7;

export interface Sending {
  channel: OtpChannel;
  destination: string;
  accountId: string;
  client: Client;
  /** Whether the code proves an address or number that is not the account's yet. */
  isProof: boolean;
  /** The structure whose egress address the client has, when the person is of that structure. */
  egressOf?: string;
}

export interface SendHit extends Hit {
  limit: SendLimit;
}

/** Every count that one message adds to. */
export function sendHits(sending: Sending, smsDailyBudget: number): SendHit[] {
  const hits = [
    { limit: PER_ACCOUNT, key: sending.accountId },
    ...limitsOfDestination(sending).map((limit) => ({ limit, key: sending.destination })),
    ...answeredHits(sending),
  ];
  if (sending.channel === 'EMAIL') return hits;
  return [...hits, { limit: smsBudget(smsDailyBudget), key: ALL_SMS }];
}

function limitsOfDestination({ isProof }: Sending): readonly SendLimit[] {
  return isProof ? [PROOFS] : PER_DESTINATION;
}

/** The counts that an answer takes back: a limit measures abuse, never a busy morning. */
export function answeredHits({ channel, destination, ...from }: Sending): SendHit[] {
  const block = hitOfPlace(from);
  if (channel === 'EMAIL') return [block];
  return [block, { limit: PER_PREFIX, key: numberPrefix(destination) }];
}

/** A structure's own people are counted apart at its egress addresses: they and strangers there stop each other not. */
function hitOfPlace({ client, egressOf }: Pick<Sending, 'client' | 'egressOf'>): SendHit {
  return egressOf
    ? { limit: PER_EGRESS, key: egressKey(egressOf, client.addressBlock) }
    : { limit: PER_BLOCK, key: client.addressBlock };
}

/** What the people of a structure are counted under behind one of its own addresses. */
export function egressKey(structureId: string, addressBlock: string): string {
  return `${structureId} ${addressBlock}`;
}

/** What the neighbours of a number are counted under. */
export function numberPrefix(number: string): string {
  return number.slice(0, PREFIX_LENGTH);
}

/** The key under which every SMS counts. */
export const ALL_SMS = 'all';

/** The operator's budget for a day. */
export function smsBudget(max: number): SendLimit {
  return { counted: 'sms-budget', name: 'send.sms.day', max, windowMs: DAY };
}

/** One more of what `limit` counts, from the client's address block; the counters hold no address. */
export function hitOfBlock(limit: Limit, client: Pick<Client, 'addressBlock'>, keyring: Keyring): Hit {
  return { limit, key: keyring.digest('limit', [client.addressBlock]) };
}
