import type { SignInAccount } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { OutgoingMessage } from '@portillon/notification';
import type { OtpChallenge, OtpPurpose } from '@portillon/otp';
import type { Factor } from '@portillon/access';
import type { Channel } from '@portillon/kernel';

/** The sender of a request for a message, the purpose of its code, and the recipient. */
export interface SendRequest {
  purpose: OtpPurpose;
  /** The sign-in in progress or the session that asks. */
  binding?: string;
  account: SignInAccount;
  /** Nothing: the one the person prefers. */
  channel?: Channel;
  /** Whether mail is allowed despite the structure's preference: the day's SMS are used up. */
  mailToo?: boolean;
  /** For a code that proves an address: the address that it goes to. */
  newEmail?: string;
  client: Client;
}

/** The code is good for its binding alone. `begins`: made in the same transaction, which holds the account's row. */
export type CodeRequest = SendRequest & { binding: string; begins?: boolean };

/** Which way it goes, and where. */
export type Sending<Request extends SendRequest> = Request & { channel: Channel; destination: string };

/** A code that is written and not yet sent. */
export interface PendingCode {
  challenge: OtpChallenge;
  message: OutgoingMessage;
  otherChannels: Channel[];
}

/** A code that left, or may have left: the relay did not confirm it. The code is valid either way. */
export interface DeliveredCode extends PendingCode {
  delivery: 'sent' | 'unconfirmed';
}

/** The second factor that is asked for. */
export interface RequestedCode<Code = DeliveredCode> {
  /** Null when the person gives another factor first: no message leaves unless a channel is named. */
  pending: Code | null;
  /** The other ways of giving the second factor, the preferred one first. */
  alternatives: Factor[];
}
