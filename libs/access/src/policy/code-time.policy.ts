import { Inject, Injectable } from '@nestjs/common';
import { Clock, HOUR, addMilliseconds } from '@portillon/kernel';
import type { CodeLimit } from '@portillon/session';
import { ACCESS_OPTIONS } from '../access.options';
import type { ResolvedAccessOptions } from '../access.options';
import type { Ruled } from './admission.types';
import { emergencyAt } from './factor.policy';
import type { SignInMeans } from './means.types';

/** How long an accepted code stays valid. */
@Injectable()
export class CodeTimePolicy {
  constructor(
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /** Returns the rule that ends this user's code or session earlier than the deployment does; undefined without one. */
  limit(means: SignInMeans, account: Ruled, now = this.clock.now()): CodeLimit | undefined {
    const emergency = emergencyAt(account, now);
    const until = emergency?.means === means ? emergency.until.toISOString() : null;
    const hours = account.policy.sharedWorkstations ? 0 : account.policy.codeWindowHours;
    return until === null && hours === null ? undefined : { hours, until };
  }

  /** The fixed end of a code accepted at `acceptedAt`; no use extends it. Null: it serves no other sign-in. */
  validUntil(acceptedAt: Date, limit?: CodeLimit): Date | null {
    const windowMs = Math.min(this.options.codeWindowMs, (limit?.hours ?? 24) * HOUR);
    const until = limit?.until ? new Date(limit.until) : null;
    if (windowMs === 0) return until;
    const end = addMilliseconds(acceptedAt, windowMs);
    return until && until < end ? until : end;
  }
}
