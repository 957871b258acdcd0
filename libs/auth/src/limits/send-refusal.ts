import { AppError, tooMany } from '@portillon/kernel';
import type { OtpChannel } from '@portillon/otp';
import { sendLimitWords } from './send-limit.texts';
import { leavesOtherChannels, SendLimit } from './send-limits';

/** A limit that a message would pass. */
export interface FullLimit {
  limit: SendLimit;
  /** When it allows another one. */
  retryAt: Date;
}

/** What a person reads whose message a limit stops. `channels`: by which they may have the same code. */
export function sendRefusal(full: FullLimit, channels: readonly OtpChannel[], now: Date): AppError {
  const { counted, name } = full.limit;
  const otherChannels = leavesOtherChannels(counted) ? channels : [];
  return tooMany('attempts.exceeded', full.retryAt, now, `over ${name}`, {
    words: sendLimitWords(counted),
    data: { counted, otherChannels },
  });
}
