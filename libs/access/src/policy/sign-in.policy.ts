import { Inject, Injectable } from '@nestjs/common';
import { ENROLMENT_MS, StructurePolicy } from '@portillon/structure';
import { heldRoles, identityRequiredAt, isPrivileged } from '@portillon/account';
import { Clock, addMilliseconds } from '@portillon/kernel';
import type { CodeLimit } from '@portillon/session';
import { ACCESS_OPTIONS, type ResolvedAccessOptions } from '../access.options';
import {
  type Administering,
  ACCEPTED_MEANS,
  type AcceptedMeansId,
  type Admission,
  type Judged,
  type MeansRule,
  type Presented,
  type PresentedPasskey,
  type Refusal,
  type WayInReason,
} from './admission.types';
import { CodeTimePolicy } from './code-time.policy';
import { FactorPolicy, isLate, isOpened } from './factor.policy';
import type { SignInMeans } from './means.types';

const NO_PASSKEY: WayInReason = { code: 'no-passkey', blocks: true };
const STATES = { INVITED: 'invited', DEACTIVATED: 'deactivated', ACTIVE: undefined } as const;

/** Why the account refuses every proof; undefined for an active account. */
export function refusalOfState(account: Pick<Judged, 'status'> | undefined): Refusal | undefined {
  return account ? STATES[account.status] : 'unknown';
}

/** A user with a verified identity, in a structure with these rules: the structure's rules alone decide. */
export function memberOf(policy: StructurePolicy): Judged {
  return {
    status: 'ACTIVE',
    policy: { ...policy, identityRequiredFrom: null },
    emergency: null,
    identity: null,
  };
}

/**
 * Evaluates each sign-in, for every means. A structure may require more than the deployment. An emergency access allows one
 * named means, for one account and a limited time.
 */
@Injectable()
export class SignInPolicy {
  constructor(
    private readonly factors: FactorPolicy,
    private readonly times: CodeTimePolicy,
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /** Returns what the means opens for this account, what it still needs, and the reasons. A pure function. */
  judge(account: Judged | undefined, presented: Presented, now = this.clock.now()): Admission {
    const refusal = refusalOfState(account);
    if (account && !refusal) return this.#judgeActive(account, presented, now);
    return { opens: false, refusal: refusal ?? 'unknown', reasons: stateReasons(account, now) };
  }

  /**
   * Whether this session may administer, when the user's roles allow it. A deployment may require a card, Pro Santé
   * Connect, or a passkey that was enrolled with one of them. An emergency access allows the password, for its time.
   */
  letsAdminister({ means, principal, proof }: Administering): boolean {
    if (!this.options.administratorsNeedStrongMeans) return true;
    if (means === 'pro-sante-connect' || means === 'cpx') return true;
    if (means === 'passkey') return proof.identity !== undefined;
    const until = principal.codeLimit?.until;
    return Boolean(until && new Date(until) > this.clock.now());
  }

  /**
   * Whether a session of password and code may link a card or an e-CPS to this account. Where administration requires one,
   * another administrator must link it: an attacker with password and code could otherwise link their own.
   */
  mayLink(holder: Parameters<typeof heldRoles>[0]): boolean {
    return !this.options.administratorsNeedStrongMeans || !isPrivileged(heldRoles(holder));
  }

  #judgeActive(account: Judged, presented: Presented, now: Date): Admission {
    const limit = this.times.limit(presented.means, account, now);
    const acceptedAt = this.#holding(account, presented, limit, now);
    const needs = presented.means === 'password' && !presented.given && !acceptedAt ? 'code' : 'nothing';
    const reasons = this.#reasons(account, presented, needs, now);
    if (limit?.until) reasons.push({ code: 'emergency-access', blocks: false, until: new Date(limit.until) });
    const blocking = reasons.find(({ blocks }) => blocks);
    if (blocking) return { opens: false, refusal: refusalBy(blocking), reasons };
    return {
      opens: true,
      needs,
      enrolmentOnly: isEnrolment(account, presented, now),
      limit,
      acceptedAt,
      reasons,
    };
  }

  /** Lists the structure's rules, then the account's state, in the order of a sign-in. */
  #reasons(account: Judged, presented: Presented, needs: 'code' | 'nothing', now: Date): WayInReason[] {
    const { means, passkeys, stops = [], codeStops = [] } = presented;
    const ruled = this.#rules(account, presented, now).map((rule) => this.#reason(rule, account, now));
    const reasons = [...ruled, ...(passkeys?.length === 0 ? [NO_PASSKEY] : []), ...stops];
    if (ruled.length > 0 || means !== 'password') return reasons;
    if (needs === 'code') reasons.push(...codeStops);
    if (isEnrolment(account, presented, now)) reasons.push(this.#enrolment(account, now));
    return [...reasons, ...mailReasons(account, presented)];
  }

  /** The rules that forbid the means to this user; for passkeys, only rules that forbid all of them. */
  #rules(account: Judged, presented: Presented, now: Date): MeansRule[] {
    const { means, passkeys = [] } = presented;
    if (passkeys.length === 0) {
      const rule = this.#rule(means, account, now) ?? this.#factorRule(account, presented, now);
      return rule ? [rule] : [];
    }
    const rules = new Set(passkeys.map((one) => this.#rule(means, account, now, one)));
    return [...rules].flatMap((rule) => (rules.has(undefined) ? [] : rule!));
  }

  #rule(means: SignInMeans, account: Judged, now: Date, passkey?: PresentedPasskey): MeansRule | undefined {
    if (means === 'pro-sante-connect' || isOpened(means, account, now)) return undefined;
    const from = account.policy.proSanteConnectFrom;
    if (from && from <= now) return 'pro-sante-connect-only';
    // A card verifies the identity, so the rule on identities never forbids it.
    if (means === 'cpx') return undefined;
    if (means === 'password' && !this.#opensByPassword(account, now)) return 'strong-means-only';
    return (passkey && this.factors.passkeyRule(passkey, account)) ?? identityRule(account, now);
  }

  /** Where sent codes are no longer enough, another factor of the user may be. */
  #opensByPassword(account: Judged, now: Date): boolean {
    const hasOther = account.policy.totpIsStrong || this.options.recoveryCodes;
    return hasOther || this.factors.acceptsCodes(account, now);
  }

  /** Returns the rule when the structure accepts the password only with a factor that this user lacks, or did not give. */
  #factorRule(account: Judged, { means, own, given }: Presented, now: Date): MeansRule | undefined {
    if (means !== 'password') return undefined;
    const isGiven = !given || this.factors.acceptsGiven(given, account, now);
    const isHeld = !own || own.length > 0 || this.factors.acceptsCodes(account, now);
    return isGiven && isHeld ? undefined : 'strong-means-only';
  }

  /** When the valid code was accepted. Emergency accesses, zero hours and overdue structures need a code each time. */
  #holding(account: Judged, { acceptedAt }: Presented, limit: CodeLimit | undefined, now: Date): Date | null {
    if (!acceptedAt || limit?.until || limit?.hours === 0 || isLate(account, now)) return null;
    const until = this.times.validUntil(acceptedAt, limit);
    return until && until > now ? acceptedAt : null;
  }

  #reason(rule: MeansRule, account: Judged, now: Date): WayInReason {
    const since = sinceOf(rule, account);
    const course = since !== undefined && { ...(since && { since }), accepts: this.#accepted(account, now) };
    return {
      code: rule,
      blocks: true,
      ...course,
      structure: account.ruledBy?.[RULED[rule]] ?? account.structure,
    };
  }

  #accepted(account: Judged, now: Date): AcceptedMeansId[] {
    return ACCEPTED_MEANS.filter((means) => {
      if (means !== 'totp') return !this.#rule(means, account, now);
      return account.policy.totpIsStrong && !this.#rule('password', account, now);
    });
  }

  #enrolment(account: Judged, now: Date): WayInReason {
    const since = account.policy.strongMeansFrom;
    const until =
      since && this.factors.acceptsCodes(account, now) ? { until: addMilliseconds(since, ENROLMENT_MS) } : {};
    const rule = this.#reason('strong-means-only', account, now);
    return { ...rule, ...until, code: 'enrolment-only', blocks: false };
  }
}

/**
 * Whether password and the user's best factor only open a session that adds a strong means. This applies from the
 * structure's date. Exceptions: the code of an app that counts as strong, and an emergency access.
 */
function isEnrolment(account: Judged, { means, own, given }: Presented, now: Date): boolean {
  if (means !== 'password' || isOpened(means, account, now)) return false;
  const isByApp = given ? given.code === 'otp' : own?.includes('totp');
  return isLate(account, now) && !(isByApp && account.policy.totpIsStrong);
}

function stateReasons(account: Judged | undefined, now: Date): WayInReason[] {
  if (!account) return [];
  if (account.status === 'DEACTIVATED')
    return [{ code: account.email ? 'account-closed' : 'account-erased', blocks: true }];
  const until = account.invitedUntil;
  const code = until && until <= now ? 'invitation-over' : 'invitation-sent';
  return [{ code, blocks: true, ...(until && { until }) }];
}

/** The requirement of a structure that each rule comes from. */
const RULED = {
  'pro-sante-connect-only': 'proSanteConnectFrom',
  'strong-means-only': 'strongMeansFrom',
  'passkey-kind': 'passkeyKind',
  'passkey-identity': 'passkeyIdentity',
  'identity-unverified': 'identityRequiredFrom',
} as const satisfies Record<MeansRule, keyof StructurePolicy>;

function identityRule({ policy, identity }: Judged, now: Date): MeansRule | undefined {
  const at = identityRequiredAt(policy, identity);
  return at && at <= now ? 'identity-unverified' : undefined;
}

function mailReasons({ emailUnreachableSince: since }: Judged, { sendsBy }: Presented): WayInReason[] {
  return since && sendsBy === 'EMAIL' ? [{ code: 'mail-unreachable', blocks: false, since }] : [];
}

function refusalBy({ code }: WayInReason): Refusal {
  return code === 'identity-unverified' ? code : 'means-forbidden';
}

/** The date from which a rule applies to the account; undefined for rules without a date. */
function sinceOf(rule: MeansRule, { policy, identity }: Judged): Date | null | undefined {
  if (rule === 'strong-means-only') return policy.strongMeansFrom;
  if (rule === 'pro-sante-connect-only') return policy.proSanteConnectFrom;
  return rule === 'identity-unverified' ? identityRequiredAt(policy, identity) : undefined;
}
