import { DAY, HOUR, Keyring, MINUTE, SECOND } from '@portillon/kernel';
import type { Client } from '@portillon/http';
import type { OtpChannel } from '@portillon/otp';
import type { Hit, Limit } from '@portillon/rate-limit';

const limit = (name: string, max: number, windowMs: number): Limit => ({ name, max, windowMs });

/** How many messages may leave, by whom they reach and who asks (policy: SMS pumping, mail bombing). */
const PER_DESTINATION = [
  limit('send.destination.10min', 5, 10 * MINUTE),
  limit('send.destination.hour', 10, HOUR),
  limit('send.destination.day', 20, DAY),
];
const PER_ACCOUNT = limit('send.account.day', 20, DAY);
const PER_BLOCK = limit('send.block.hour', 60, HOUR);
const PER_PREFIX = limit('send.prefix.10min', 30, 10 * MINUTE);

/**
 * Of requests at once for the same code one writes it: the others would use up what the limits allow, for nothing. Given
 * back as soon as it is written; the time is that of a request whose process died.
 */
export const ONE_AT_A_TIME = limit('send.at-once', 1, 5 * SECOND);

/** `+33` and the first 7 digits of the national number: what a pumping fraud rents at once. */
const PREFIX_LENGTH = '+33'.length + 7;

export interface Sending {
  channel: OtpChannel;
  destination: string;
  accountId: string;
  client: Client;
}

/** Every counter that one message adds to. */
export function sendHits(sending: Sending, smsDailyBudget: number): Hit[] {
  const hits = [
    ...PER_DESTINATION.map((one) => ({ limit: one, key: sending.destination })),
    { limit: PER_ACCOUNT, key: sending.accountId },
    { limit: PER_BLOCK, key: sending.client.addressBlock },
  ];
  if (sending.channel === 'EMAIL') return hits;
  return [
    ...hits,
    { limit: PER_PREFIX, key: sending.destination.slice(0, PREFIX_LENGTH) },
    { limit: smsBudget(smsDailyBudget), key: ALL_SMS },
  ];
}

/** The key under which every SMS counts. */
export const ALL_SMS = 'all';

/** The operator's budget for a day. */
export function smsBudget(max: number): Limit {
  return limit('send.sms.day', max, DAY);
}

/** One more of what `limit` counts, from the client's address block; the counters hold no address. */
export function hitOfBlock(limit: Limit, client: Client, keyring: Keyring): Hit {
  return { limit, key: keyring.digest('limit', [client.addressBlock]) };
}
