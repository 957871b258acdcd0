import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import {
  CodeChannelService,
  Factor,
  FactorRegistry,
  OwnFactor,
  Presented,
  WayInReason,
} from '@portillon/access';
import { PasswordAttemptService, PasswordDelay } from '@portillon/credential';
import { type Channel, reachesPhone } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { OtpLock, OtpService, UnansweredCode } from '@portillon/otp';
import { SendLimitService } from '../limits/send-limit.service';
import { BrowserRecognitionService } from '../session/browser-recognition.service';

/** The facts about an account's password and codes that are outside its row. */
export interface PasswordFacts {
  delay: PasswordDelay | undefined;
  codeLock: OtpLock | undefined;
  own: readonly OwnFactor[];
  codes: readonly UnansweredCode[];
}

/** Computes the state after the right password in an unknown browser. Counts nothing. */
@Injectable()
export class PasswordWayService {
  constructor(
    private readonly factors: FactorRegistry,
    private readonly channels: CodeChannelService,
    private readonly notifications: NotificationService,
    private readonly limits: SendLimitService,
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly browsers: BrowserRecognitionService,
  ) {}

  /** Reads the facts of all these accounts in four statements at most. */
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

  /** The input of the judgement, with its obstacles in the order of a sign-in. */
  async presented(account: Account, { delay, codeLock, own, codes }: PasswordFacts): Promise<Presented> {
    const stops = [...passwordReasons(account), ...(delay ? [delayReason(delay)] : [])];
    const channels = this.factors.isSilent(own) ? [] : this.channels.of(account, 'sign-in');
    const codeStops = [
      ...(codeLock ? [lockReason(codeLock)] : []),
      ...(await this.#unsendable(account, channels, codes, own)),
    ];
    // A code that was given elsewhere may still hold here: only who is stopped needs that to be read.
    const acceptedAt = codeStops.length > 0 ? await this.browsers.acceptedAt(account, undefined) : null;
    return { means: 'password', own, stops, codeStops, acceptedAt, sendsBy: channels[0] };
  }

  /** The outage that the code of a sign-in avoids by another channel; an app needs no message. */
  detour(account: Account, { own }: PasswordFacts): WayInReason[] {
    const detour = this.factors.isSilent(own) ? undefined : this.channels.detour(account);
    return detour ? [detour] : [];
  }

  /** Returns the user's possible second factors, the preferred one first. */
  codes(account: Account, { own }: PasswordFacts): Factor[] {
    return this.factors.ordered(own, this.channels.of(account, 'session'));
  }

  /**
   * Why a code cannot leave by any of these channels; empty when it can. The sign-in in progress outlives a message that
   * does not leave: an outage does not block where a recovery code remains.
   */
  async #unsendable(
    account: Account,
    channels: readonly Channel[],
    codes: readonly UnansweredCode[],
    own: readonly OwnFactor[],
  ): Promise<WayInReason[]> {
    const reasons: WayInReason[] = [];
    const mailToo: Channel[] = (await this.limits.opensMail(channels)) ? ['EMAIL'] : [];
    for (const channel of [...channels, ...mailToo]) {
      const reason = await this.#stopOf(channel, account, codes);
      if (!reason) return [];
      reasons.push(reason);
    }
    const away = reasons.find(({ code }) => code === 'channel-away');
    return away && own.length > 0 ? [{ ...away, blocks: false }] : reasons;
  }

  async #stopOf(
    channel: Channel,
    { id: accountId, email, phone }: Account,
    codes: readonly UnansweredCode[],
  ): Promise<WayInReason | undefined> {
    if (!this.notifications.available(channel)) return { code: 'channel-off', blocks: true, channel };
    const destination = reachesPhone(channel) ? phone!.number : email;
    const full = await this.limits.full({ channel, destination, accountId }, codes);
    return full
      ? { code: 'codes-used-up', blocks: true, channel, until: full.retryAt }
      : this.channels.outage(channel);
  }
}

const NO_PASSWORD: WayInReason = { code: 'no-password', blocks: true };

function passwordReasons({ passwordDigest, passwordVoid }: Account): WayInReason[] {
  if (!passwordDigest) return [NO_PASSWORD];
  if (!passwordVoid) return [];
  const { reason, since } = passwordVoid;
  return [{ code: `password-void-${reason}`, blocks: true, since }];
}

function delayReason({ until, isLock }: PasswordDelay): WayInReason {
  return { code: isLock ? 'password-locked' : 'password-wait', blocks: true, until };
}

function lockReason({ retryAt }: OtpLock): WayInReason {
  return retryAt
    ? { code: 'code-locked', blocks: true, until: retryAt }
    : { code: 'code-closed', blocks: true };
}
