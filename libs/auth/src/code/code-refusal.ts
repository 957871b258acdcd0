import { AppError, Clock, tooMany } from '@portillon/kernel';
import type { CodeCheck } from '@portillon/otp';

/** Returns the error for a code that was not accepted. */
export function codeRefusal(outcome: Exclude<CodeCheck, { status: 'accepted' }>, clock: Clock): AppError {
  switch (outcome.status) {
    case 'rejected':
      return new AppError('code.rejected', {
        data: { attemptsLeft: outcome.attemptsLeft },
      });
    case 'expired':
      return new AppError('code.expired');
    case 'exhausted':
      return new AppError('code.exhausted', { data: { attemptsLeft: 0 } });
    case 'locked':
      return codeLocked(outcome.retryAt, clock.now());
    case 'none':
      return new AppError('code.expired', { detail: 'no open challenge' });
  }
}

/** Returns the refusal while the code step of an account is locked: until a time, or until an administrator reopens it. */
export function codeLocked(retryAt: Date | null, now: Date): AppError {
  if (retryAt) return tooMany('attempts.exceeded', retryAt, now, 'code step locked');
  return new AppError('code.exhausted', { detail: 'code step locked until reopened' });
}
