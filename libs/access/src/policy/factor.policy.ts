import { Inject, Injectable } from '@nestjs/common';
import { EmergencyAccess } from '@portillon/account';
import { StrongMeansStage, strongMeansStage } from '@portillon/structure';
import { Clock } from '@portillon/kernel';
import type { SessionProof } from '@portillon/session';
import { ACCESS_OPTIONS } from '../access.options';
import type { ResolvedAccessOptions } from '../access.options';
import type { MeansRule, PresentedPasskey, Ruled } from './admission.types';
import type { OwnFactor } from './factor.types';
import type { SignInMeans } from './means.types';

/** After a structure's date: a code each time, and a session that may only add a strong means. */
const LATE: ReadonlySet<StrongMeansStage> = new Set(['enrolment', 'required']);

/** Returns the emergency access that is open to the account at `now`. */
export function emergencyAt({ emergency }: Pick<Ruled, 'emergency'>, now: Date): EmergencyAccess | undefined {
  return emergency && emergency.until > now ? emergency : undefined;
}

/** Whether an emergency access opens this means, whatever the structure requires. */
export function isOpened(means: SignInMeans, account: Pick<Ruled, 'emergency'>, now: Date): boolean {
  return emergencyAt(account, now)?.means === means;
}

/** Whether the structure’s date for strong means has passed. */
export function isLate({ policy }: Pick<Ruled, 'policy'>, now: Date): boolean {
  return LATE.has(strongMeansStage(policy, now));
}

/** Decides which second factors and passkeys the user's structure accepts. */
@Injectable()
export class FactorPolicy {
  constructor(
    private readonly clock: Clock,
    @Inject(ACCESS_OPTIONS) private readonly options: ResolvedAccessOptions,
  ) {}

  /**
   * Whether a code by mail or SMS confirms anything for this user. Where password and code no longer open a session, the
   * code does not replace a strong means either.
   */
  acceptsCodes(account: Ruled, now = this.clock.now()): boolean {
    return isOpened('password', account, now) || strongMeansStage(account.policy, now) !== 'required';
  }

  /**
   * Whether the user may give this further factor. An emergency access accepts none, because the app may be on the lost
   * phone. A recovery code is always accepted, because it only allows adding a means.
   */
  acceptsOwn(factor: OwnFactor, account: Ruled, now = this.clock.now()): boolean {
    if (isOpened('password', account, now)) return false;
    if (factor === 'recovery-code') return this.options.recoveryCodes;
    const isStrong = factor === 'totp' && account.policy.totpIsStrong;
    return isStrong || strongMeansStage(account.policy, now) !== 'required';
  }

  /** Whether the structure accepts the factor given after the password. */
  acceptsGiven({ code, recovered }: SessionProof, account: Ruled, now = this.clock.now()): boolean {
    if (recovered) return this.acceptsOwn('recovery-code', account, now);
    return code === 'otp' ? this.acceptsOwn('totp', account, now) : this.acceptsCodes(account, now);
  }

  /** Whether a limited session may add an app: only when the app lets its owner sign in afterwards. */
  mayEnrolTotp(account: Ruled): boolean {
    return account.policy.totpIsStrong || !isLate(account, this.clock.now());
  }

  /** Whether the structure accepts a key in this place: checked at the enrolment, before its holder is identified. */
  acceptsPasskeyKind(kind: PresentedPasskey['kind'], { policy }: Pick<Ruled, 'policy'>): boolean {
    return policy.passkeyKind === 'any' || kind === 'device';
  }

  /** The rule of the structure that this passkey does not fulfil. */
  passkeyRule(passkey: PresentedPasskey, { policy }: Pick<Ruled, 'policy'>): MeansRule | undefined {
    if (!this.acceptsPasskeyKind(passkey.kind, { policy })) return 'passkey-kind';
    const isProven = policy.passkeyIdentity === 'any' || passkey.identityProof !== null;
    return isProven ? undefined : 'passkey-identity';
  }
}
