import type { SignInAccount } from '@portillon/account';
import type { Client } from '@portillon/http';
import type { OutgoingMessage } from '@portillon/notification';
import type { OtpChallenge, OtpPurpose } from '@portillon/otp';
import type { Factor } from '@portillon/access';
import type { Channel } from '@portillon/kernel';

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
