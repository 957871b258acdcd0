import type { Channel } from '@portillon/kernel';

/**
 * Purposes of codes, by library. Each library that requests codes adds its own:
 *
 * ```ts
 * declare module '@portillon/otp' {
 *   interface OtpPurposes { coupon: 'coupon' }
 * }
 * ```
 */
// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- applications add the members
export interface OtpPurposes {}

/**
 * Purpose of a code, at most 24 characters; any text while no library has declared one. A code of one purpose is never
 * accepted for another.
 */
export type OtpPurpose = keyof OtpPurposes extends never ? string : OtpPurposes[keyof OtpPurposes];

/** A requested code, without the code itself: the part that its owner may see. */
export interface OtpChallenge {
  id: string;
  purpose: OtpPurpose;
  /** Account of the code's owner. */
  subjectId: string;
  /** The sign-in in progress or the session that requested it. */
  binding: string;
  channel: Channel;
  /** The masked destination, as the caller gave it. */
  destinationHint: string;
  /** Short mark that the message shows too, so that a person with several messages knows which one counts. */
  reference: string;
  sentAt: Date;
  expiresAt: Date;
  /** When another code by the same channel may be requested. */
  resendAvailableAt: Date;
  /** Number of codes that may still be tried against this challenge. */
  attemptsLeft: number;
  /** Number of digits. */
  codeLength: number;
}

export interface OtpRequest {
  purpose: OtpPurpose;
  /** At most 64 characters. */
  subjectId: string;
  /** The sign-in in progress or the session that requests it. At most 64 characters. */
  binding: string;
  channel: Channel;
  /** The full address or number. The code's digest covers it; it is stored nowhere. */
  destination: string;
  /** Masked form for display. At most 320 characters. */
  destinationHint: string;
  /** Free text that is returned with the accepted code. At most 255 characters. */
  context?: string;
  /** Client address of the request, for limits by {@link UnansweredCodeService}; stored as a keyed digest. */
  source?: string;
  /** Prefix of the number, for limits by prefix; stored as a keyed digest. */
  prefix?: string;
  /** Whether the binding was created in the same transaction, so that it has no earlier code. */
  isFirst?: boolean;
}

export interface OtpSubmission {
  purpose: OtpPurpose;
  binding: string;
  /** As it was typed: any text is allowed. */
  code: string;
}

/** Lock of the code step: until `retryAt`, or until an administrator unlocks it (`null`). */
export interface OtpLock {
  status: 'locked';
  retryAt: Date | null;
  /** Whether this attempt caused the lock. */
  fresh: boolean;
}

/** Result of counting an attempt at a code of another library. */
export type AttemptCount =
  | OtpLock
  /** `lock`: the lock that follows if this attempt was wrong; null when none does. */
  | { status: 'counted'; lock: OtpLock | null };

export type CodeIssue =
  /** `replaces`: id of the open challenge that is now void. */
  | { status: 'issued'; challenge: OtpChallenge; code: string; replaces?: string }
  | { status: 'too-soon'; retryAt: Date }
  | OtpLock;

/** An accepted code. Consume it in the transaction of the action that it allows. */
export interface CodeAccepted {
  status: 'accepted';
  challengeId: string;
  subjectId: string;
  channel: Channel;
  sentAt: Date;
  /** Opaque, for {@link OtpService.isSentTo}. */
  destinationDigest: string;
  /** `context` of the request. */
  context: string | null;
}

export type CodeCheck =
  | CodeAccepted
  /** `attemptsLeft` 0 means that this attempt was the last one. */
  | { status: 'rejected'; attemptsLeft: number; channel: Channel }
  | { status: 'expired'; channel: Channel }
  | { status: 'exhausted'; channel: Channel }
  | OtpLock
  | { status: 'none' };

/**
 * Selects codes that count together: those of a person, of a source or prefix, or those to one destination. `all`:
 * codes by this channel that were entered count too.
 */
export type CodesBy =
  { subjectId: string; all?: Channel } | { source: string } | { prefix: string } | CodesByDestination;

export interface CodesByDestination {
  channel: Channel;
  destination: string;
  /** Restricts the count to these purposes. */
  purposes?: readonly OtpPurpose[];
}

/** A code that was sent and not entered, in whatever state. */
export interface UnansweredCode {
  id: string;
  purpose: OtpPurpose;
  channel: Channel;
  /** Opaque, for {@link OtpService.isSentTo}. */
  destinationDigest: string;
  sentAt: Date;
}
