import type { Channel } from '@portillon/kernel';
import type { OtpPurpose } from './otp-purposes.types';

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
