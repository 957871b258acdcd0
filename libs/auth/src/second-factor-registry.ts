import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import type { OtpChannel } from '@portillon/otp';
import { SignInPolicy } from './sign-in.policy';

/** Second factors that we send nothing for, in the order in which they are shown. */
export const OWN_FACTORS = ['totp'] as const;
export type OwnFactor = (typeof OWN_FACTORS)[number];

/** A way of giving the second factor. */
export type FactorWay = OtpChannel | OwnFactor;

/** Whether the person gives a factor of their own first, so that no message leaves before it is asked for. */
export function sendsNothing(own: readonly OwnFactor[]): boolean {
  return own.includes('totp');
}

/** What a factor that lives in a lib of its own tells: whether this person has it, and may use it now. */
export type FactorPresence = (accountId: string) => Promise<boolean>;

/** The second factors beside the codes that we send, each registered by its own lib when the application starts. */
@Injectable()
export class SecondFactorRegistry {
  readonly #presences = new Map<OwnFactor, FactorPresence>();

  constructor(private readonly policy: SignInPolicy) {}

  register(factor: OwnFactor, presence: FactorPresence): void {
    this.#presences.set(factor, presence);
  }

  /** Those that this person may give in place of a code that is sent. */
  async of(account: Account): Promise<OwnFactor[]> {
    if (!this.policy.takesOwnFactors(account)) return [];
    const had: OwnFactor[] = [];
    for (const factor of OWN_FACTORS) if (await this.#presences.get(factor)?.(account.id)) had.push(factor);
    return had;
  }
}
