import { Injectable } from '@nestjs/common';
import {
  CodeChannelService,
  Factor,
  FactorRegistry,
  MeansRegistry,
  OwnFactor,
  Presented,
  SignInMeans,
  SignInPolicy,
  WayInReason,
} from '@portillon/access';
import type { Account } from '@portillon/account';
import { PasswordAttemptService, PasswordDelay } from '@portillon/credential';
import { reachesPhone } from '@portillon/kernel';
import type { Channel } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import { OtpLock, OtpService, UnansweredCode } from '@portillon/otp';
import { SendLimitService } from '../limits/send-limit.service';
import { BrowserRecognitionService } from '../session/browser-recognition.service';
import { answerOf } from './ways-in.policy';
import type { Entrant, WayIn, WaysIn } from './ways-in.policy';

/** The facts about an account's password and codes that are outside its row. */
interface PasswordFacts {
  delay: PasswordDelay | undefined;
  codeLock: OtpLock | undefined;
  own: readonly OwnFactor[];
  codes: readonly UnansweredCode[];
}

/**
 * « Peut-elle entrer ? »: how a sign-in by each means would be decided for a user now. Assumes that every proof is right,
 * that the browser is unknown and that the network has unused limits. Opens no session and counts nothing.
 */
@Injectable()
export class WaysInService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly means: MeansRegistry,
    private readonly factors: FactorRegistry,
    private readonly channels: CodeChannelService,
    private readonly notifications: NotificationService,
    private readonly limits: SendLimitService,
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly browsers: BrowserRecognitionService,
  ) {}

  async of(entrant: Entrant): Promise<WaysIn> {
    return (await this.among([entrant])).get(entrant.account.id)!;
  }

  /** Whether a session opens that is not limited to adding a strong means: one that is opens no application. */
  async canEnter(entrant: Entrant): Promise<boolean> {
    const { canEnter } = await this.of(entrant);
    return canEnter === 'yes' || canEnter === 'only-by';
  }

  /** Like {@link of}, for at most 1,000 users, in a few statements. */
  async among(entrants: readonly Entrant[]): Promise<Map<string, WaysIn>> {
    const facts = await this.#factsOf(entrants.map(({ account }) => account));
    const answers = new Map<string, WaysIn>();
    for (const entrant of entrants) {
      const { account } = entrant;
      answers.set(account.id, answerOf(await this.#ways(entrant, facts(account))));
    }
    return answers;
  }

  #ways(entrant: Entrant, facts: PasswordFacts): Promise<WayIn[]> {
    return Promise.all(
      this.means.list().map(async ({ id, available, away }) => {
        if (available) return this.#way(id, entrant, facts);
        const reason = { code: away ? 'means-away' : 'means-not-offered', blocks: true } as const;
        return { means: id, opens: false, enrolmentOnly: false, codes: [], reasons: [reason] };
      }),
    );
  }

  async #way(means: SignInMeans, entrant: Entrant, facts: PasswordFacts): Promise<WayIn> {
    const { account } = entrant;
    const admission = this.policy.judge(account, await this.#presented(means, entrant, facts));
    const byCode = means === 'password' && admission.opens;
    const codes = byCode ? this.#codes(account, facts) : [];
    const detour = byCode && admission.needs === 'code' ? this.#detour(account, facts) : [];
    // Where no code leaves, a recovery code is all that opens, and its session only adds a means.
    const unsent = admission.reasons.some(({ code }) => code === 'channel-away');
    const enrolmentOnly = admission.opens && (admission.enrolmentOnly || unsent);
    const reasons = [...detour, ...admission.reasons].map((reason) => this.#offered(reason));
    return { means, opens: admission.opens, enrolmentOnly, codes, reasons };
  }

  async #presented(means: SignInMeans, entrant: Entrant, facts: PasswordFacts): Promise<Presented> {
    if (means === 'password') return this.#presentedPassword(entrant.account, facts);
    return means === 'passkey'
      ? { means, passkeys: entrant.passkeys }
      : { means, stops: identity(entrant.account) };
  }

  /** The means that a structure accepts instead and this deployment offers. */
  #offered({ accepts, ...reason }: WayInReason): WayInReason {
    if (!accepts) return reason;
    const offered = new Set<string>(this.means.list().flatMap(({ id, available }) => (available ? id : [])));
    return { ...reason, accepts: accepts.filter((means) => means === 'totp' || offered.has(means)) };
  }

  /** Reads the facts of all these accounts in four statements at most. */
  async #factsOf(accounts: readonly Account[]): Promise<(account: Account) => PasswordFacts> {
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
  async #presentedPassword(
    account: Account,
    { delay, codeLock, own, codes }: PasswordFacts,
  ): Promise<Presented> {
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
  #detour(account: Account, { own }: PasswordFacts): WayInReason[] {
    const detour = this.factors.isSilent(own) ? undefined : this.channels.detour(account);
    return detour ? [detour] : [];
  }

  /** Returns the user's possible second factors, the preferred one first. */
  #codes(account: Account, { own }: PasswordFacts): Factor[] {
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

function identity({ nationalId }: Account): WayInReason[] {
  return nationalId ? [] : [{ code: 'no-identity', blocks: true }];
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
