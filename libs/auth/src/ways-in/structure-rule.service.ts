import { Injectable } from '@nestjs/common';
import { type Account, identityRequiredAt } from '@portillon/account';
import { MEANS, MeansRegistry, MeansRule, SignInPolicy } from '@portillon/access';
import type { AcceptedMeansId, MendingAct, WayInReason } from './ways-in.types';

/** What may be done about each rule of a structure, beside changing it. */
const ACTS: Readonly<Record<MeansRule, readonly MendingAct[]>> = {
  'pro-sante-connect-only': ['open-emergency-access', 'edit-structure'],
  'strong-means-only': ['open-emergency-access', 'edit-structure'],
  'passkey-kind': ['edit-structure'],
  'passkey-identity': ['prove-passkey', 'edit-structure'],
  'identity-unverified': ['attest-identity', 'open-emergency-access', 'edit-structure'],
};

/** What is told of a structure's rule that keeps a person out. */
@Injectable()
export class StructureRuleService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly means: MeansRegistry,
  ) {}

  reason(rule: MeansRule, account: Account): WayInReason {
    const since = sinceOf(rule, account);
    const course = since !== undefined && { ...(since && { since }), accepts: this.#accepted(account) };
    return { code: rule, blocks: true, ...course, structure: account.structure, acts: ACTS[rule] };
  }

  /** Of what this deployment offers. */
  #accepted(account: Account): AcceptedMeansId[] {
    const offered = new Set(this.means.list().flatMap(({ id, available }) => (available ? [id] : [])));
    const accepted = MEANS.filter((means): means is Exclude<AcceptedMeansId, 'totp'> => {
      return means !== 'password' && offered.has(means) && !this.policy.forbids(means, account);
    });
    const takesApp = account.policy.totpIsStrong && !this.policy.forbids('password', account);
    return takesApp ? [...accepted, 'totp'] : accepted;
  }
}

/** From when on a rule with a date holds for the person; nothing of the others. */
function sinceOf(rule: MeansRule, { policy, identity }: Account): Date | null | undefined {
  if (rule === 'strong-means-only') return policy.strongMeansFrom;
  if (rule === 'pro-sante-connect-only') return policy.proSanteConnectFrom;
  return rule === 'identity-unverified' ? identityRequiredAt(policy, identity) : undefined;
}
