import { Injectable } from '@nestjs/common';
import type { CodeChannel, SignInAccount } from '@portillon/account';
import { Clock } from '@portillon/kernel';
import { FactorPolicy, isOpened } from './factor.policy';

/** By which channels the structure of a person lets codes come. Whether a message can leave is not judged here. */
@Injectable()
export class ChannelPolicy {
  constructor(
    private readonly factors: FactorPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * The preferred one first; none where no code confirms anything. In an open session the proved number is one of them
   * though mail is preferred: an application may ask for two factors, which a mail never is.
   */
  of(account: SignInAccount, { inSession = false } = {}): CodeChannel[] {
    if (!this.factors.acceptsCodes(account)) return [];
    if (!this.#takesSms(account)) return ['EMAIL'];
    if (account.policy.mailFirstTimeOnly) return ['SMS'];
    if (account.codeChannel === 'SMS') return ['SMS', 'EMAIL'];
    return inSession ? ['EMAIL', 'SMS'] : ['EMAIL'];
  }

  /** Whether the channel may be chosen in « Mon compte ». */
  allows(account: SignInAccount, channel: CodeChannel): boolean {
    const { smsForbidden, mailFirstTimeOnly } = account.policy;
    if (channel === 'SMS') return !smsForbidden;
    return smsForbidden || !mailFirstTimeOnly || !account.phone?.verifiedAt;
  }

  /** A lost phone is why there is an emergency access: its code comes by mail alone. */
  #takesSms(account: SignInAccount): boolean {
    const isProved = Boolean(account.phone?.verifiedAt);
    const isByPassword = isOpened('password', account, this.clock.now());
    return isProved && !account.policy.smsForbidden && !isByPassword;
  }
}
