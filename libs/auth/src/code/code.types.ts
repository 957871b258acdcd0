import type { Factor } from '@portillon/access';
import type { SignInAccount } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { Channel, Locale } from '@portillon/kernel';
import type { OutgoingMessage } from '@portillon/notification';
import { OtpChallenge, OtpPurpose } from '@portillon/otp';

/** A request for a message with a code: its sender, its purpose and its recipient. */
export interface SendRequest {
  purpose: OtpPurpose;
  /** The sign-in in progress or the session that requests the code. */
  binding?: string;
  account: SignInAccount;
  /** Default: the channel that the account holder prefers. */
  channel?: Channel;
  /** Whether mail is allowed despite the structure's preference, because the day's SMS are used up. */
  mailToo?: boolean;
  /** For a code that proves an address: the address that receives it. */
  newEmail?: string;
  client: Client;
}

/**
 * The code is valid for its binding only. `begins`: the same transaction creates the binding and holds the account's row.
 */
export type CodeRequest = SendRequest & { binding: string; begins?: boolean };

/** The request with its channel and its destination. */
export type AddressedRequest<Request extends SendRequest> = Request & {
  channel: Channel;
  destination: string;
};

/** A code that is written but not yet sent. */
export interface PendingCode {
  challenge: OtpChallenge;
  message: OutgoingMessage;
  otherChannels: Channel[];
}

/** A code that left, or may have left without a confirmation from the relay. It is valid in both cases. */
export interface DeliveredCode extends PendingCode {
  delivery: 'sent' | 'unconfirmed';
}

/** The second factor that the server requests. */
export interface RequestedCode<Code = DeliveredCode> {
  /** Null when the user gives another factor first: no message is sent until a channel is named. */
  pending: Code | null;
  /** The other ways of giving the second factor, the preferred one first. */
  alternatives: Factor[];
}

/** The texts of a message about the purpose of its code. */
export interface CodePurposeTexts {
  subject: string;
  title: string;
  sentence: (service: string) => string;
  /** In GSM-7 only (no ç, ê, ô, nor curly apostrophe), at most 30 characters: the SMS is one segment. */
  sms: string;
  /** Advice for a reader who did not request the code, when it differs from that of a sign-in. */
  notYou?: string;
}

export interface CodePurpose {
  /** Set when the code proves an address or a number: it is sent by this channel only. Default: the preferred channel. */
  proves?: Channel;
  /** The journal's words for the purpose, after « Le code servait à ». */
  journal: Readonly<Record<Locale, string>>;
  texts: Readonly<Record<Locale, CodePurposeTexts>>;
}

/**
 * What the codes of a lib are for, by name. A lib adds its own beside their definition, and to its module what answers
 * them:
 *
 * ```ts
 * export const couponPurposes = { coupon: { journal: { fr: '…', en: '…' }, texts: { fr: {…}, en: {…} } } } satisfies CodePurposes;
 * declare module '@portillon/otp' {
 *   interface OtpPurposes { coupon: keyof typeof couponPurposes }
 * }
 * // coupon.module.ts, which imports AuthModule
 * providers: [registerCodePurposes(couponPurposes)]
 * ```
 */
export type CodePurposes = Readonly<Record<string, CodePurpose>>;
