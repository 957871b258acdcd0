import type { Channel } from '@portillon/kernel';
import type { OtpPurpose } from './otp-purposes.types';

/**
 * Which codes are counted together: those of a person, of what their request named, or those that went to one place. `all`:
 * those by this channel that were given too.
 */
export type CodesBy =
  { subjectId: string; all?: Channel } | { source: string } | { prefix: string } | CodesByDestination;

export interface CodesByDestination {
  channel: Channel;
  destination: string;
  /** Those for these purposes alone. */
  purposes?: readonly OtpPurpose[];
}

/** A code that was sent and never given, whatever became of it. */
export interface UnansweredCode {
  id: string;
  purpose: OtpPurpose;
  channel: Channel;
  /** Opaque, for {@link OtpService.isSentTo}. */
  destinationDigest: string;
  sentAt: Date;
}
