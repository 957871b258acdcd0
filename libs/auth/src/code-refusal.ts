import { AppError, Clock } from '@portillon/kernel';
import type { CodeCheck } from '@portillon/otp';
import { codeLocked } from './code-delivery.service';

/** Why a code was not accepted, as the one error of its kind. */
export function codeRefusal(outcome: Exclude<CodeCheck, { status: 'accepted' }>, clock: Clock): AppError {
  switch (outcome.status) {
    case 'rejected':
      return new AppError('code.rejected', 'unauthenticated', {
        data: { attemptsLeft: outcome.attemptsLeft },
      });
    case 'expired':
      return new AppError('code.expired', 'unauthenticated');
    case 'exhausted':
      return new AppError('code.exhausted', 'unauthenticated', { data: { attemptsLeft: 0 } });
    case 'locked':
      return codeLocked(outcome.retryAt, clock.now());
    case 'none':
      return new AppError('code.expired', 'unauthenticated', { detail: 'no open challenge' });
  }
}
