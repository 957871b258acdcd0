import type { Channel } from '@portillon/kernel';
import type { PastChallenge } from './otp-challenge.repository';
import type { OtpRound } from './otp-code.service';

export interface NextSend extends OtpRound {
  /** End of the wait after the last code by this channel. */
  availableAt?: Date;
  /** Id of the open challenge that the next one replaces. */
  openId?: string;
}

/**
 * Returns the round of the next code in a binding with the challenges `past`, newest first. The delay doubles with
 * every code of any channel, and starts again once a code was used.
 */
export function nextSend(past: readonly PastChallenge[], channel: Channel): NextSend {
  const used = past.findIndex((row) => row.state === 'USED');
  const sinceUsed = used < 0 ? past : past.slice(0, used);
  return {
    round: (past[0]?.round ?? 0) + 1,
    sends: (sinceUsed[0]?.sends ?? 0) + 1,
    availableAt: sinceUsed.find((row) => row.channel === channel)?.resendAvailableAt,
    openId: past.find((row) => row.state === 'OPEN')?.id,
  };
}
