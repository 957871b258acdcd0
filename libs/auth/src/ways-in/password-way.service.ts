import { Injectable } from '@nestjs/common';
import { Account, CodeChannel, ENROLMENT_MS } from '@portillon/account';
import {
  CodeChannelService,
  FactorWay,
  OwnFactor,
  SecondFactorRegistry,
  sendsNothing,
  SignInPolicy,
  waysInOrder,
} from '@portillon/access';
import { PasswordAttemptService, PasswordDelay } from '@portillon/credential';
import { shift } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { OtpLock, OtpService, UnansweredCode } from '@portillon/otp';
import { SendLimitService } from '../limits/send-limit.service';
import { StructureRuleService } from './structure-rule.service';
import type { WayInReason } from './ways-in.types';

/** What of a person's password and codes is not in their account. */
export interface PasswordFacts {
  delay: PasswordDelay | undefined;
  codeLock: OtpLock | undefined;
  own: readonly OwnFactor[];
  codes: readonly UnansweredCode[];
}

/** What a sign-in by password would decide in a browser that is not known. Counts nothing. */
@Injectable()
export class PasswordWayService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly factors: SecondFactorRegistry,
    private readonly channels: CodeChannelService,
    private readonly notifications: NotificationService,
    private readonly limits: SendLimitService,
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly rules: StructureRuleService,
  ) {}

  /** Of each of these people, in four statements at most, however many they are. */
  async factsOf(accounts: readonly Account[]): Promise<(account: Account) => PasswordFacts> {
    const ids = accounts.map(({ id }) => id);
    const delays = await this.attempts.delayedAmong(accounts.map(({ username }) => username));
    const locks = await this.otp.lockedAmong(ids);
    const codes = await this.limits.ofPeople(ids);
    const own = await this.factors.among(accounts);
    return ({ id, username }) => ({
      delay: delays.get(username),
      codeLock: locks.get(id),
      own: own.get(id) ?? [],
      codes: codes.get(id) ?? [],
    });
  }

  /** In the order in which a sign-in would meet them. */
  async reasons(account: Account, facts: PasswordFacts): Promise<WayInReason[]> {
    const rule = this.#rule(account, facts.own);
    const reasons = [
      ...(rule ? [this.rules.reason(rule, account)] : []),
      ...(account.passwordDigest ? [] : [NO_PASSWORD]),
      ...(facts.delay ? [delayReason(facts.delay)] : []),
    ];
    if (rule) return reasons;
    return [...reasons, ...(await this.#codeStep(account, facts)), ...this.#hints(account, facts)];
  }

  /** Whether the session of the best that the person may give adds a means and does no more. */
  isLimited(account: Account, { own }: PasswordFacts): boolean {
    if (own.includes('totp') && !this.policy.limitsToEnrolment('password', account, 'otp')) return false;
    return !this.policy.takesCodes(account) || this.policy.limitsToEnrolment('password', account);
  }

  /** How the person may give a second factor, the preferred way first. */
  codes(account: Account, { own }: PasswordFacts): FactorWay[] {
    return waysInOrder(own, this.policy.takesCodes(account) ? this.channels.of(account, 'session') : []);
  }

  #rule(account: Account, own: readonly OwnFactor[]) {
    const rule = this.policy.forbiddingRule('password', account);
    // The password is taken for the sake of a factor that this person does not have.
    return rule ?? (this.policy.takesCodes(account) || own.length > 0 ? undefined : 'strong-means-only');
  }

  /** Nothing where a code that was given elsewhere still holds here, which a deployment may allow. */
  async #codeStep(account: Account, { codeLock, own, codes }: PasswordFacts): Promise<WayInReason[]> {
    const reasons = codeLock ? [lockReason(codeLock)] : [];
    if (this.#sends(account, own)) reasons.push(...(await this.#unsendable(account, codes)));
    if (reasons.length === 0) return [];
    const decision = await this.policy.decide('password', account, null);
    return decision.status === 'complete' ? [] : reasons;
  }

  #sends(account: Account, own: readonly OwnFactor[]): boolean {
    return this.policy.takesCodes(account) && !sendsNothing(own);
  }

  /** Why a code leaves by none of the person's channels; nothing when it does by one. */
  async #unsendable(account: Account, codes: readonly UnansweredCode[]): Promise<WayInReason[]> {
    const reasons: WayInReason[] = [];
    const channels = this.channels.of(account, 'sign-in');
    if (await this.limits.opensMail(channels)) channels.push('EMAIL');
    for (const channel of channels) {
      const reason = await this.#stopOf(channel, account, codes);
      if (!reason) return [];
      reasons.push(reason);
    }
    return reasons;
  }

  async #stopOf(
    channel: CodeChannel,
    { id: accountId, email, phone }: Account,
    codes: readonly UnansweredCode[],
  ): Promise<WayInReason | undefined> {
    if (!this.notifications.available(channel))
      return {
        code: 'channel-off',
        blocks: true,
        channel,
        acts: ['open-emergency-access', 'edit-structure'],
      };
    const destination = channel === 'EMAIL' ? email : phone!.number;
    const full = await this.limits.full({ channel, destination, accountId }, codes);
    return full && { code: 'codes-used-up', blocks: true, channel, until: full.retryAt, acts: ['unlock'] };
  }

  #hints(account: Account, facts: PasswordFacts): WayInReason[] {
    const hints = this.isLimited(account, facts) ? [this.#enrolment(account)] : [];
    const since = account.emailUnreachableSince;
    const byMail = this.#sends(account, facts.own) && this.channels.of(account, 'sign-in')[0] === 'EMAIL';
    if (since && byMail)
      hints.push({ code: 'mail-unreachable', blocks: false, since, acts: ['edit-account'] });
    return hints;
  }

  #enrolment(account: Account): WayInReason {
    const since = account.policy.strongMeansFrom;
    const { acts, ...rule } = this.rules.reason('strong-means-only', account);
    const until = since && this.policy.takesCodes(account) ? { until: shift(since, ENROLMENT_MS) } : {};
    return { ...rule, ...until, code: 'enrolment-only', blocks: false, acts };
  }
}

const NO_PASSWORD: WayInReason = { code: 'no-password', blocks: true, acts: [] };

function delayReason({ until, isLock }: PasswordDelay): WayInReason {
  return { code: isLock ? 'password-locked' : 'password-wait', blocks: true, until, acts: ['unlock'] };
}

function lockReason({ retryAt }: OtpLock): WayInReason {
  if (!retryAt) return { code: 'code-closed', blocks: true, acts: ['unlock'] };
  return { code: 'code-locked', blocks: true, until: retryAt, acts: ['unlock'] };
}
