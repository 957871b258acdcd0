import { Injectable } from '@nestjs/common';
import { FactorPolicy } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { GivenFactor, OwnFactorCheckService, OwnFactorWords, RefusedPerson } from '@portillon/auth';
import { TotpService, TotpStep } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { totpFactor } from './totp.factor';

const WORDS = { channel: 'TOTP', rejected: 'totp.rejected' } as const satisfies OwnFactorWords;

/** The code of an authenticator app: counted and committed, then compared, then used up with what it opens. */
@Injectable()
export class TotpCheckService {
  constructor(
    private readonly totp: TotpService,
    private readonly checks: OwnFactorCheckService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
  ) {}

  /**
   * Returns the right code, which the caller must still use. For an account without an app, refuses and counts as for a
   * wrong code.
   *
   * @throws AppError `totp.rejected`, `attempts.exceeded`, `code.exhausted`, `service.busy`
   */
  async require(person: RefusedPerson, code: string, client: Client): Promise<GivenFactor> {
    const app = await this.#appOf(person.id);
    return this.checks.require(person, client, WORDS, () => {
      const step = app && this.totp.compare(app, code);
      return step && this.#given(step);
    });
  }

  /**
   * Returns the result that the code opens. When another request used it first, also records that refusal in the journal.
   */
  settle<Opened>(person: RefusedPerson, client: Client, opened: Promise<Opened>): Promise<Opened> {
    return this.checks.settle(person, client, WORDS, opened);
  }

  /** Undefined for an account without an app, and where a code by mail alone is enough to sign in. */
  async #appOf(accountId: string) {
    const account = await this.accounts.getForSignIn(accountId);
    return account && this.factors.acceptsOwn(totpFactor.id, account) ? this.totp.open(accountId) : undefined;
  }

  #given(step: TotpStep): GivenFactor {
    return {
      consume: async (tx) => {
        if (!(await this.totp.use(step, tx))) throw new AppError(WORDS.rejected);
      },
      proof: { code: totpFactor.code, acr: totpFactor.acr },
      facts: { channel: WORDS.channel },
    };
  }
}
