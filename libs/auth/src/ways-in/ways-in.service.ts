import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { MeansRegistry, SignInMeans, SignInPolicy } from '@portillon/access';
import { Clock } from '@portillon/kernel';
import { PasswordFacts, PasswordWayService } from './password-way.service';
import { StructureRuleService } from './structure-rule.service';
import { answerOf } from './ways-in.policy';
import type { Entrant, WayIn, WayInReason, WaysIn } from './ways-in.types';

/**
 * « Peut-elle entrer ? »: what the real sign-in would decide for a person now, by each means, with what it proves given
 * right, in a browser that is not known and from a network that has used up none of its limits. Nobody signs in, and
 * nothing is counted.
 */
@Injectable()
export class WaysInService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly means: MeansRegistry,
    private readonly passwords: PasswordWayService,
    private readonly rules: StructureRuleService,
    private readonly clock: Clock,
  ) {}

  async of(entrant: Entrant): Promise<WaysIn> {
    return (await this.among([entrant])).get(entrant.account.id)!;
  }

  /** Whether a session opens that is not limited to adding a strong means: one that is opens no application. */
  async canEnter(entrant: Entrant): Promise<boolean> {
    const { canEnter } = await this.of(entrant);
    return canEnter === 'yes' || canEnter === 'only-by';
  }

  /** As {@link of}, of each of these people, at most 1,000: a few statements, however many they are. */
  async among(entrants: readonly Entrant[]): Promise<Map<string, WaysIn>> {
    const facts = await this.passwords.factsOf(entrants.map(({ account }) => account));
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
        const reasons = available
          ? await this.#reasons(id, entrant, facts)
          : [{ code: away ? 'means-away' : 'means-not-offered', blocks: true, acts: [] } as const];
        const opens = !reasons.some(({ blocks }) => blocks);
        const isLimited = id === 'password' && this.passwords.isLimited(entrant.account, facts);
        const codes = id === 'password' && opens ? this.passwords.codes(entrant.account, facts) : [];
        return { means: id, opens, enrolmentOnly: opens && isLimited, codes, reasons };
      }),
    );
  }

  async #reasons(means: SignInMeans, entrant: Entrant, facts: PasswordFacts): Promise<WayInReason[]> {
    const { account } = entrant;
    const closed = this.#closed(account);
    if (closed) return [closed];
    if (means === 'password')
      return [...(await this.passwords.reasons(account, facts)), ...this.#emergency(means, account)];
    if (means === 'passkey') return this.#passkey(entrant);
    return [...this.#rule(means, account), ...identity(account), ...this.#emergency(means, account)];
  }

  /** What keeps the person out by every means. */
  #closed(account: Account): WayInReason | undefined {
    const refusal = this.policy.refusal(account);
    if (refusal === 'deactivated') return closedReason(account);
    return refusal === 'invited' ? this.#invitation(account) : undefined;
  }

  #invitation({ invitedUntil }: Account): WayInReason {
    const isOver = invitedUntil !== null && invitedUntil <= this.clock.now();
    const until = invitedUntil && { until: invitedUntil };
    const code = isOver ? 'invitation-over' : 'invitation-sent';
    return { code, blocks: true, ...until, acts: ['resend-invitation'] };
  }

  #rule(means: SignInMeans, account: Account): WayInReason[] {
    const rule = this.policy.forbiddingRule(means, account);
    return rule ? [this.rules.reason(rule, account)] : [];
  }

  /** One that the structure takes is enough. */
  #passkey({ account, passkeys }: Entrant): WayInReason[] {
    if (passkeys.length === 0)
      return [...this.#rule('passkey', account), { code: 'no-passkey', blocks: true, acts: [] }];
    const rules = passkeys.map((one) => this.policy.forbiddingRule('passkey', account, one));
    if (rules.includes(undefined)) return [];
    return [...new Set(rules)].map((rule) => this.rules.reason(rule!, account));
  }

  #emergency(means: SignInMeans, account: Account): WayInReason[] {
    const until = this.policy.codeLimit(means, account)?.until;
    return until ? [{ code: 'emergency-access', blocks: false, until: new Date(until), acts: [] }] : [];
  }
}

function closedReason({ email, erasureRequestedAt }: Account): WayInReason {
  if (!email) return { code: 'account-erased', blocks: true, acts: [] };
  return { code: 'account-closed', blocks: true, acts: erasureRequestedAt ? [] : ['reactivate'] };
}

function identity({ nationalId }: Account): WayInReason[] {
  return nationalId ? [] : [{ code: 'no-identity', blocks: true, acts: ['link-identity'] }];
}
