import { Inject, Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { Clock, shift } from '@portillon/kernel';
import { RememberedBrowsers } from '@portillon/session';
import { AUTH_OPTIONS } from './auth-options';
import type { Means, ResolvedAuthOptions } from './auth-options';

export type Refusal = 'unknown' | 'invited' | 'deactivated';

/** What a sign-in still needs, or why it ends here. The reason is for the journal: people get one answer. */
export type SignInDecision =
  | { status: 'refused'; reason: Refusal }
  | { status: 'code-required' }
  | { status: 'complete'; codeAcceptedAt: Date | null; codeValidUntilAt: Date | null };

/** The one place that decides what a sign-in needs, for every means: password, card, Pro Santé Connect. */
@Injectable()
export class SignInPolicy {
  constructor(
    private readonly browsers: RememberedBrowsers,
    private readonly clock: Clock,
    @Inject(AUTH_OPTIONS) private readonly options: ResolvedAuthOptions,
  ) {}

  /** Whether this account may enter at all. */
  admits(account: Account | undefined): account is Account {
    return account?.status === 'ACTIVE';
  }

  /** Why this account may not enter, whatever is presented: for the journal. Nothing when it may. */
  refusal(account: Account | undefined): Refusal | undefined {
    if (!account) return 'unknown';
    if (account.status === 'INVITED') return 'invited';
    return account.status === 'DEACTIVATED' ? 'deactivated' : undefined;
  }

  /** `rememberedAt`: when this browser gave the code of this person that still holds; null when none does. */
  async decide(
    means: Means,
    account: Account | undefined,
    rememberedAt: Date | null,
  ): Promise<SignInDecision> {
    const reason = this.refusal(account);
    if (reason || !account) return { status: 'refused', reason: reason ?? 'unknown' };
    if (means !== 'password') return { status: 'complete', codeAcceptedAt: null, codeValidUntilAt: null };
    return this.#needForCode(account, rememberedAt);
  }

  /** Until when a code accepted at `acceptedAt` holds: fixed, no use extends it. */
  codeValidUntil(acceptedAt: Date): Date | null {
    return this.options.codeWindowMs === 0 ? null : shift(acceptedAt, this.options.codeWindowMs);
  }

  async #needForCode(account: Account, rememberedAt: Date | null): Promise<SignInDecision> {
    const acceptedAt = await this.#latestAcceptance(account, rememberedAt);
    const validUntil = acceptedAt && this.codeValidUntil(acceptedAt);
    if (!acceptedAt || !validUntil || validUntil <= this.clock.now()) return { status: 'code-required' };
    return { status: 'complete', codeAcceptedAt: acceptedAt, codeValidUntilAt: validUntil };
  }

  async #latestAcceptance(account: Account, rememberedAt: Date | null): Promise<Date | null> {
    if (this.options.codeWindowScope === 'browser') return rememberedAt;
    const browsers = await this.browsers.list(account.id);
    const times = browsers.filter((one) => one.codeStillValid).map((one) => one.codeAcceptedAt.getTime());
    return times.length === 0 ? null : new Date(Math.max(...times));
  }
}
