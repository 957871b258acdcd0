import type { Channel } from '@portillon/kernel';
import type { OtpPurpose } from './otp-purposes.types';

/** A code that was asked for, without the code: what its owner may be shown. */
export interface OtpChallenge {
  id: string;
  purpose: OtpPurpose;
  /** Whose code it is. */
  subjectId: string;
  /** The sign-in in progress or the session that asked for it. */
  binding: string;
  channel: Channel;
  /** The masked destination, as the caller gave it. */
  destinationHint: string;
  /** A short mark printed in the message too, so that a person with three messages knows which one counts. */
  reference: string;
  sentAt: Date;
  expiresAt: Date;
  /** From when another code may be asked for by the same channel. */
  resendAvailableAt: Date;
  /** How many more codes may be tried against this challenge. */
  attemptsLeft: number;
  /** How many digits the code has. */
  codeLength: number;
}

export interface OtpRequest {
  purpose: OtpPurpose;
  /** At most 64 characters. */
  subjectId: string;
  /** What asked: a sign-in in progress or a session. At most 64 characters. */
  binding: string;
  channel: Channel;
  /** The full address or number: goes into the code's digest and is stored nowhere. */
  destination: string;
  /** What may be shown of it. At most 320 characters. */
  destinationHint: string;
  /** The caller's own, which comes back with the accepted code. At most 255 characters. */
  context?: string;
  /** Where it came from, for {@link UnansweredCodeService} to count by: kept as a keyed digest. */
  source?: string;
  /** With which other numbers it is counted there: kept as a keyed digest. */
  prefix?: string;
  /** Whether the binding was made in the same transaction, so that no code of it came before. */
  isFirst?: boolean;
}

export interface OtpSubmission {
  purpose: OtpPurpose;
  binding: string;
  /** As it was typed: any text at all may come. */
  code: string;
}

/** The code step is locked: until `retryAt`, or until an administrator unlocks it (`null`). */
export interface OtpLock {
  status: 'locked';
  retryAt: Date | null;
  /** Whether this very attempt is the one that locked it. */
  fresh: boolean;
}

/** An attempt at a code that another lib made. */
export type AttemptCount =
  | OtpLock
  /** `lock`: what the person meets from now on if this attempt was wrong; null when it locks nothing. */
  | { status: 'counted'; lock: OtpLock | null };

export type CodeIssue =
  /** `replaces`: the challenge that was open, and is void. */
  | { status: 'issued'; challenge: OtpChallenge; code: string; replaces?: string }
  | { status: 'too-soon'; retryAt: Date }
  | OtpLock;

/** A right code, to be consumed in the transaction of what it opens. */
export interface CodeAccepted {
  status: 'accepted';
  challengeId: string;
  subjectId: string;
  channel: Channel;
  sentAt: Date;
  /** Opaque, for {@link OtpService.isSentTo}. */
  destinationDigest: string;
  /** As the request gave it. */
  context: string | null;
}

export type CodeCheck =
  | CodeAccepted
  /** `attemptsLeft` 0 says that this very attempt used the last one. */
  | { status: 'rejected'; attemptsLeft: number; channel: Channel }
  | { status: 'expired'; channel: Channel }
  | { status: 'exhausted'; channel: Channel }
  | OtpLock
  | { status: 'none' };
