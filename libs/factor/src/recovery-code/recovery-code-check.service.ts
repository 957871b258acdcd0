import { Injectable } from '@nestjs/common';
import { FactorPolicy } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { GivenFactor, OwnFactorCheckService, OwnFactorWords, RefusedPerson } from '@portillon/auth';
import { RecoveryCodeService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';

type UnusedCode = Awaited<ReturnType<RecoveryCodeService['unused']>>[number];

const WORDS = {
  channel: 'RECOVERY_CODE',
  rejected: 'recovery-code.rejected',
} as const satisfies OwnFactorWords;

/** A recovery code: counted and committed, then compared, then used up with the session that it opens. */
@Injectable()
export class RecoveryCodeCheckService {
  constructor(
    private readonly codes: RecoveryCodeService,
    private readonly checks: OwnFactorCheckService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Returns the right code, which the caller must still use. For an account without codes, refuses and counts as for a
   * wrong code.
   *
   * @throws AppError `recovery-code.rejected`, `attempts.exceeded`, `code.exhausted`, `service.busy`
   */
  async require(person: RefusedPerson, typed: string, client: Client): Promise<GivenFactor> {
    const unused = await this.#unusedOf(person.id);
    return this.checks.require(person, client, WORDS, () => {
      const code = this.codes.compare(unused, typed);
      return code && this.#given(code, client);
    });
  }

  /**
   * Returns the result that the code opens. When another request used it first, also records that refusal in the journal.
   */
  settle<Opened>(person: RefusedPerson, client: Client, opened: Promise<Opened>): Promise<Opened> {
    return this.checks.settle(person, client, WORDS, opened);
  }

  /** Empty for an account with no unused code, and where a code by mail alone is enough to sign in. */
  async #unusedOf(accountId: string): Promise<UnusedCode[]> {
    const account = await this.accounts.getForSignIn(accountId);
    const taken = account && this.factors.acceptsOwn('recovery-code', account);
    return taken ? this.codes.unused(accountId) : [];
  }

  #given(code: UnusedCode, client: Client): GivenFactor {
    return {
      consume: (tx) => this.#use(code, client, tx),
      proof: { recovered: true, limitedTo: 'enrolment' },
      facts: { channel: WORDS.channel },
    };
  }

  async #use(code: UnusedCode, client: Client, tx: EntityManager): Promise<void> {
    if (!(await this.codes.use(code, tx))) throw new AppError(WORDS.rejected);
    const state = await this.codes.stateOf(code.accountId, tx);
    const details = { client, left: state?.remaining ?? 0 };
    await this.notices.notify('recovery-code-used', { id: code.accountId }, details, tx);
  }
}
