import { Inject, Injectable } from '@nestjs/common';
import {
  CodeChannel,
  EmergencyAccess,
  identityRequiredAt,
  isPrivileged,
  SignInAccount,
  StrongMeansStage,
  StructurePolicy,
  strongMeansStage,
} from '@portillon/account';
import { Clock, HOUR, shift } from '@portillon/kernel';
import { CodeLimit, SessionProof, TrustedDeviceService } from '@portillon/session';
import type { Administering } from './administering.types';
import { ACCESS_OPTIONS } from '../access.options';
import type { ResolvedAccessOptions, SignInMeans } from '../access.options';
import type { OwnFactor } from './own-factor.types';

export type Refusal = 'unknown' | 'invited' | 'deactivated' | RuleRefusal;

/** That a rule of the structure ends a sign-in: its means is closed, or the identity of its person is to be verified. */
type RuleRefusal = 'means-forbidden' | 'identity-unverified';

/** What a structure asks of a means that it does not fulfil. */
type ClosedMeans = 'pro-sante-connect-only' | 'strong-means-only' | 'passkey-kind' | 'passkey-identity';

/** What a structure asks that a means does not fulfil, or its person. */
export type MeansRule = ClosedMeans | 'identity-unverified';

/** What of an account a structure's rules are judged by. */
type Ruled = Pick<SignInAccount, 'policy' | 'emergency' | 'identity'>;

/** What of it tells whether a means is closed, whoever the person is. */
type MeansRuled = Omit<Ruled, 'identity'>;

/** What a structure may ask of a passkey: where its key may be, and how the identity of its person was proven. */
export interface PresentedPasskey {
  kind: 'device' | 'synced';
  identityProof: string | null;
}

/** From its date on a structure does not count what a browser remembers of a code. */
const CODE_EACH_TIME = new Set<StrongMeansStage>(['enrolment', 'required']);

/** What a sign-in still needs, or why it ends here. The reason is for the journal: people get one answer. */
export type SignInDecision =
  | { status: 'refused'; reason: Refusal }
  | { status: 'code-required' }
  | { status: 'complete'; codeAcceptedAt: Date | null; codeValidUntilAt: Date | null };

/**
 * The one place that decides what a sign-in needs, for every means: password, passkey, card, Pro Santé Connect. A
 * structure may ask more than the deployment; an emergency access opens the one means that it names, for its person and
 * its time.
 */
@Injectable()
export class SignInPolicy {
  constructor(
    private readonly trustedDevices: TrustedDeviceService,
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /** Whether this account may enter at all. */
  admits(account: SignInAccount | undefined): account is SignInAccount {
    return account?.status === 'ACTIVE';
  }

  /** Why this account may not enter, whatever is presented: for the journal. Nothing when it may. */
  refusal(account: SignInAccount | undefined): Refusal | undefined {
    if (!account) return 'unknown';
    if (account.status === 'INVITED') return 'invited';
    return account.status === 'DEACTIVATED' ? 'deactivated' : undefined;
  }

  /**
   * Whether the person's structure wants another means than this one, at this moment. `passkey`: the one presented, where
   * it is to be judged too.
   */
  forbids(means: SignInMeans, account: Ruled, passkey?: PresentedPasskey): boolean {
    return this.forbiddingRule(means, account, passkey) !== undefined;
  }

  /** The rule by which {@link forbids} does: for who administers the person, and for no stranger. */
  forbiddingRule(means: SignInMeans, account: Ruled, passkey?: PresentedPasskey): MeansRule | undefined {
    if (this.#emergency(account)?.means === means) return undefined;
    return this.#closedMeans(means, account, passkey) ?? this.#identityRule(means, account);
  }

  /** Why a rule of the structure ends this sign-in, for the journal; nothing when none does. */
  ruleRefusal(means: SignInMeans, account: Ruled, passkey?: PresentedPasskey): RuleRefusal | undefined {
    const rule = this.forbiddingRule(means, account, passkey);
    return rule && (rule === 'identity-unverified' ? rule : 'means-forbidden');
  }

  /** Whether a structure of this policy closes the password, but for an emergency access, whoever the person is. */
  closesPassword(policy: StructurePolicy): boolean {
    return this.#closedMeans('password', { policy, emergency: null }) !== undefined;
  }

  /** Whether a structure of this policy lets password and a code that is sent open nothing, but by an emergency access. */
  closesCodes(policy: StructurePolicy): boolean {
    return this.closesPassword(policy) || !this.takesCodes({ policy, emergency: null });
  }

  /** Whether password and a code that is sent open a session that may do all there, not only add a strong means. */
  opensByCodes(policy: StructurePolicy): boolean {
    return !this.closesCodes(policy) && this.#stage({ policy, emergency: null }) !== 'enrolment';
  }

  /** Whether the structure takes this passkey for one that opens an account. */
  acceptsPasskey(passkey: PresentedPasskey, account: Pick<SignInAccount, 'policy'>): boolean {
    return this.#passkeyRule(passkey, account) === undefined;
  }

  /** Whether the structure takes a key that is kept so: asked when it is added, before its person is identified. */
  acceptsPasskeyKind(kind: PresentedPasskey['kind'], { policy }: Pick<SignInAccount, 'policy'>): boolean {
    return policy.passkeyKind === 'any' || kind === 'device';
  }

  /**
   * Whether password and this code open a session that may add a strong means and nothing else: for 14 days from the
   * date of the structure, but for the code of an app where that counts as strong.
   */
  limitsToEnrolment(means: SignInMeans, account: SignInAccount, code?: SessionProof['code']): boolean {
    if (means !== 'password' || this.#emergency(account)?.means === means) return false;
    if (account.policy.totpIsStrong && code === 'otp') return false;
    return this.#stage(account) === 'enrolment';
  }

  /**
   * Whether a code by mail or SMS confirms anything for this person: where password and code open nothing any more, it
   * does not stand in for a strong means either.
   */
  takesCodes(account: MeansRuled): boolean {
    return this.#emergency(account)?.means === 'password' || this.#stage(account) !== 'required';
  }

  /**
   * Whether this session may administer, where the person's roles let it: a deployment may want a card or Pro Santé
   * Connect for that, or a passkey that was enrolled with one of them: password and code are no way to make one that
   * does. An emergency access opens it to the password, for its time, as everything else.
   */
  letsAdminister({ means, principal, proof }: Administering): boolean {
    if (!this.options.administratorsNeedStrongMeans) return true;
    if (means === 'pro-sante-connect' || means === 'cpx') return true;
    if (means === 'passkey') return proof.identity !== undefined;
    const until = principal.codeLimit?.until;
    return Boolean(until && new Date(until) > this.clock.now());
  }

  /**
   * Whether a session of password and code may link a card or an e-CPS to this account. Where administration asks for
   * one, an administrator's or an auditor's is linked by another: who has stolen password and code would else link their own.
   */
  letsLink({ roles }: Pick<SignInAccount, 'roles'>): boolean {
    return !this.options.administratorsNeedStrongMeans || !isPrivileged(roles);
  }

  /** `rememberedAt`: when this browser gave the code of this person that still holds; null when none does. */
  async decide(
    means: SignInMeans,
    account: SignInAccount | undefined,
    rememberedAt: Date | null,
    passkey?: PresentedPasskey,
  ): Promise<SignInDecision> {
    const reason = this.refusal(account);
    if (reason || !account) return { status: 'refused', reason: reason ?? 'unknown' };
    const ruled = this.ruleRefusal(means, account, passkey);
    if (ruled) return { status: 'refused', reason: ruled };
    if (means !== 'password') return { status: 'complete', codeAcceptedAt: null, codeValidUntilAt: null };
    return this.#needForCode(account, rememberedAt);
  }

  /**
   * The ways by which this person may receive a code, the preferred one first. Whether one can leave is another's to say. In
   * a session that is open the proved number is one of them though mail is preferred: an application may ask for two
   * factors, which a mail never is.
   */
  channels(account: SignInAccount, { inSession = false } = {}): CodeChannel[] {
    if (!this.takesCodes(account)) return [];
    if (!this.#takesSms(account)) return ['EMAIL'];
    if (account.policy.mailFirstTimeOnly) return ['SMS'];
    if (account.codeChannel === 'SMS') return ['SMS', 'EMAIL'];
    return inSession ? ['EMAIL', 'SMS'] : ['EMAIL'];
  }

  /** A lost phone is why there is an emergency access: its code comes by mail alone. */
  #takesSms(account: SignInAccount): boolean {
    const isProved = Boolean(account.phone?.verifiedAt);
    return isProved && !account.policy.smsForbidden && this.#emergency(account)?.means !== 'password';
  }

  /**
   * Whether the person may give this second factor of their own. None by an emergency access: the phone that was lost may
   * have the app. A recovery code at all times, since it opens nothing but the adding of a means.
   */
  takesOwnFactor(factor: OwnFactor, account: MeansRuled): boolean {
    if (this.#emergency(account)?.means === 'password') return false;
    if (factor === 'recovery-code') return this.options.recoveryCodes;
    return account.policy.totpIsStrong || this.#stage(account) !== 'required';
  }

  /** Whether the structure still takes what was given after the password, as it stands when the session opens. */
  takesProof({ code, recovered }: SessionProof, account: SignInAccount): boolean {
    if (recovered) return this.takesOwnFactor('recovery-code', account);
    return code === 'otp' ? this.takesOwnFactor('totp', account) : this.takesCodes(account);
  }

  /** Whether a session that may only add a means may add an app: where that lets its person in afterwards. */
  enrolsApp(account: SignInAccount): boolean {
    return account.policy.totpIsStrong || !CODE_EACH_TIME.has(this.#stage(account));
  }

  /** Whether the person's structure lets codes come this way from now on: what may be chosen in « Mon compte ». */
  allowsChannel(account: SignInAccount, channel: 'EMAIL' | 'SMS'): boolean {
    const { smsForbidden, mailFirstTimeOnly } = account.policy;
    if (channel === 'SMS') return !smsForbidden;
    return smsForbidden || !mailFirstTimeOnly || !account.phone?.verifiedAt;
  }

  /** What holds this person's code, or session, shorter than the deployment does; nothing when nothing does. */
  codeLimit(means: SignInMeans, account: SignInAccount): CodeLimit | undefined {
    const emergency = this.#emergency(account);
    const until = emergency?.means === means ? emergency.until.toISOString() : null;
    const hours = account.policy.sharedWorkstations ? 0 : account.policy.codeWindowHours;
    return until === null && hours === null ? undefined : { hours, until };
  }

  /** Until when a code accepted at `acceptedAt` holds: fixed, no use extends it. Null: it holds for no other sign-in. */
  codeValidUntil(acceptedAt: Date, limit?: CodeLimit): Date | null {
    const windowMs = Math.min(this.options.codeWindowMs, (limit?.hours ?? 24) * HOUR);
    const until = limit?.until ? new Date(limit.until) : null;
    if (windowMs === 0) return until;
    const end = shift(acceptedAt, windowMs);
    return until && until < end ? until : end;
  }

  #closedMeans(means: SignInMeans, account: MeansRuled, passkey?: PresentedPasskey): ClosedMeans | undefined {
    if (means === 'pro-sante-connect') return undefined;
    const from = account.policy.proSanteConnectFrom;
    if (from && from <= this.clock.now()) return 'pro-sante-connect-only';
    if (means === 'passkey') return passkey && this.#passkeyRule(passkey, account);
    return means === 'password' ? this.#passwordRule(account) : undefined;
  }

  /** A card or Pro Santé Connect verifies the identity: who comes by one is never turned away for it. */
  #identityRule(means: SignInMeans, { policy, identity }: Ruled): MeansRule | undefined {
    if (means === 'pro-sante-connect' || means === 'cpx') return undefined;
    const at = identityRequiredAt(policy, identity);
    return at && at <= this.clock.now() ? 'identity-unverified' : undefined;
  }

  #passwordRule(account: MeansRuled): ClosedMeans | undefined {
    const isOver = this.#stage(account) === 'required' && !this.#takesOwnFactorOnly(account);
    return isOver ? 'strong-means-only' : undefined;
  }

  #passkeyRule(
    { kind, identityProof }: PresentedPasskey,
    { policy }: Pick<SignInAccount, 'policy'>,
  ): ClosedMeans | undefined {
    if (!this.acceptsPasskeyKind(kind, { policy })) return 'passkey-kind';
    const isProven = policy.passkeyIdentity === 'any' || identityProof !== null;
    return isProven ? undefined : 'passkey-identity';
  }

  /** Where codes that are sent open nothing any more, and a factor of the person's own still opens something. */
  #takesOwnFactorOnly({ policy }: MeansRuled): boolean {
    return policy.totpIsStrong || this.options.recoveryCodes;
  }

  #emergency(account: MeansRuled): EmergencyAccess | undefined {
    const { emergency } = account;
    return emergency && emergency.until > this.clock.now() ? emergency : undefined;
  }

  #stage({ policy }: MeansRuled): StrongMeansStage {
    return strongMeansStage(policy, this.clock.now());
  }

  async #needForCode(account: SignInAccount, rememberedAt: Date | null): Promise<SignInDecision> {
    const limit = this.codeLimit('password', account);
    // An emergency access, a window of nothing, and a session that adds a means ask for a code each time.
    if (limit?.until || limit?.hours === 0 || CODE_EACH_TIME.has(this.#stage(account)))
      return { status: 'code-required' };
    const acceptedAt = await this.#latestAcceptance(account, rememberedAt);
    const validUntil = acceptedAt && this.codeValidUntil(acceptedAt, limit);
    if (!acceptedAt || !validUntil || validUntil <= this.clock.now()) return { status: 'code-required' };
    return { status: 'complete', codeAcceptedAt: acceptedAt, codeValidUntilAt: validUntil };
  }

  async #latestAcceptance(account: SignInAccount, rememberedAt: Date | null): Promise<Date | null> {
    if (this.options.codeWindowScope === 'browser') return rememberedAt;
    const browsers = await this.trustedDevices.list(account.id);
    const times = browsers.filter((one) => one.codeStillValid).map((one) => one.codeAcceptedAt.getTime());
    return times.length === 0 ? null : new Date(Math.max(...times));
  }
}
