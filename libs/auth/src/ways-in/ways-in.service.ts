import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { MeansRegistry, Presented, SignInMeans, SignInPolicy, WayInReason } from '@portillon/access';
import { PasswordFacts, PasswordWayService } from './password-way.service';
import { answerOf } from './ways-in.policy';
import type { Entrant, WayIn, WaysIn } from './ways-in.types';

/**
 * « Peut-elle entrer ? »: how a sign-in by each means would be decided for a user now. Assumes that every proof is right,
 * that the browser is unknown and that the network has unused limits. Opens no session and counts nothing.
 */
@Injectable()
export class WaysInService {
  constructor(
    private readonly policy: SignInPolicy,
    private readonly means: MeansRegistry,
    private readonly passwords: PasswordWayService,
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
    const codes = byCode ? this.passwords.codes(account, facts) : [];
    const detour = byCode && admission.needs === 'code' ? this.passwords.detour(account, facts) : [];
    // Where no code leaves, a recovery code is all that opens, and its session only adds a means.
    const unsent = admission.reasons.some(({ code }) => code === 'channel-away');
    const enrolmentOnly = admission.opens && (admission.enrolmentOnly || unsent);
    const reasons = [...detour, ...admission.reasons].map((reason) => this.#offered(reason));
    return { means, opens: admission.opens, enrolmentOnly, codes, reasons };
  }

  async #presented(means: SignInMeans, entrant: Entrant, facts: PasswordFacts): Promise<Presented> {
    if (means === 'password') return this.passwords.presented(entrant.account, facts);
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
}

function identity({ nationalId }: Account): WayInReason[] {
  return nationalId ? [] : [{ code: 'no-identity', blocks: true }];
}
