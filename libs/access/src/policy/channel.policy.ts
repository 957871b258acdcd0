import { Injectable } from '@nestjs/common';
import type { SignInAccount } from '@portillon/account';
import { type Channel, channelNames, Clock, reachesPhone } from '@portillon/kernel';
import { FactorPolicy, isOpened } from './factor.policy';

/** The channels that the user's structure allows for codes. Ignores whether a message can leave. */
@Injectable()
export class ChannelPolicy {
  constructor(
    private readonly factors: FactorPolicy,
    private readonly clock: Clock,
  ) {}

  /**
   * Lists the preferred channel first; empty where codes confirm nothing. In an open session the verified number is
   * included even when mail is preferred: an application may require two factors, and mail never counts as a second one.
   */
  of(account: SignInAccount, { inSession = false } = {}): Channel[] {
    if (!this.factors.acceptsCodes(account)) return [];
    const preferred = account.codeChannel;
    const all = channelNames().sort((one, other) => Number(other === preferred) - Number(one === preferred));
    const mail = all.filter((one) => !reachesPhone(one));
    if (!this.#takesSms(account)) return mail;
    const phone = all.filter(reachesPhone);
    if (account.policy.mailFirstTimeOnly) return phone;
    if (phone.includes(preferred)) return [...phone, ...mail];
    return inSession ? [...mail, ...phone] : mail;
  }

  /** Whether the channel may be chosen in « Mon compte ». */
  allows(account: SignInAccount, channel: Channel): boolean {
    const { smsForbidden, mailFirstTimeOnly } = account.policy;
    if (reachesPhone(channel)) return !smsForbidden;
    return smsForbidden || !mailFirstTimeOnly || !account.phone?.verifiedAt;
  }

  /** An emergency access often means a lost phone: its code comes by mail only. */
  #takesSms(account: SignInAccount): boolean {
    const isProved = Boolean(account.phone?.verifiedAt);
    const isByPassword = isOpened('password', account, this.clock.now());
    return isProved && !account.policy.smsForbidden && !isByPassword;
  }
}
