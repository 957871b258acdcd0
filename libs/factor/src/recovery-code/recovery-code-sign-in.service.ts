import { Injectable } from '@nestjs/common';
import { FactorPolicy, holderOf } from '@portillon/access';
import { AccountService } from '@portillon/account';
import {
  CompletedSignIn,
  GivenFactor,
  OwnFactorCheckService,
  OwnFactorWords,
  RefusedPerson,
  SignInCompletionService,
} from '@portillon/auth';
import { RecoveryCodeService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

type UnusedCode = Awaited<ReturnType<RecoveryCodeService['unused']>>[number];

const WORDS = {
  channel: 'RECOVERY_CODE',
  rejected: 'recovery-code.rejected',
} as const satisfies OwnFactorWords;

const FACTOR: GivenFactor = {
  proof: { recovered: true, limitedTo: 'enrolment' },
  facts: { channel: WORDS.channel },
};

export interface RecoveryCodeUse {
  signInToken: string | undefined;
  code: string;
  client: Client;
}

/** The second step of a sign-in for a user who has lost all other factors. Its session can only add a means. */
@Injectable()
export class RecoveryCodeSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: RecoveryCodeService,
    private readonly checks: OwnFactorCheckService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly completion: SignInCompletionService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Opens the session, for the right code and once. The browser is never remembered: a code of paper proves no 24 hours.
   *
   * @throws AppError `sign-in.required`, `recovery-code.rejected`, `attempts.exceeded`, `code.exhausted`
   */
  async submit({ signInToken, code: typed, client }: RecoveryCodeUse): Promise<CompletedSignIn> {
    const signIn = await this.pendingSignIns.find(signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    const person = holderOf(signIn);
    // Counts the attempt and commits, then compares.
    const code = await this.#verify(person, typed, client);
    const place = { rememberBrowser: false, client, browserCookie: undefined };
    try {
      return await this.transactions.run(async (tx) => {
        await this.#use(code, client, tx);
        return this.completion.complete(signIn, FACTOR, place, tx);
      });
    } catch (error) {
      await this.checks.refundAfter(error, person, client, WORDS);
      throw error;
    }
  }

  /** For an account without codes, and where a code by mail alone is enough, refuses and counts as for a wrong code. */
  async #verify(person: RefusedPerson, typed: string, client: Client): Promise<UnusedCode> {
    const account = await this.accounts.getForSignIn(person.id);
    const isAccepted = account && this.factors.acceptsOwn('recovery-code', account);
    const unused = isAccepted ? await this.codes.unused(person.id) : [];
    return this.checks.verify(person, client, WORDS, () => this.codes.compare(unused, typed));
  }

  async #use(code: UnusedCode, client: Client, tx: EntityManager): Promise<void> {
    if (!(await this.codes.use(code, tx))) throw new AppError(WORDS.rejected);
    const state = await this.codes.stateOf(code.accountId, tx);
    const details = { client, left: state?.remaining ?? 0 };
    await this.notices.notify('recovery-code-used', { id: code.accountId }, details, tx);
    await this.checks.forgive(code.accountId, tx);
  }
}
