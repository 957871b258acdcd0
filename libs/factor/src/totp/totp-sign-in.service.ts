import { Injectable } from '@nestjs/common';
import { FactorPolicy, holderOf } from '@portillon/access';
import type { FactorDeclaration } from '@portillon/access';
import { AccountService } from '@portillon/account';
import {
  CompletedSignIn,
  CompletionPlace,
  GivenFactor,
  OwnFactorCheckService,
  OwnFactorWords,
  RefusedPerson,
  SignInCompletionService,
  SteppedUp,
} from '@portillon/auth';
import { TotpService, TotpStep } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService, Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/** The code of an authenticator app, as a factor. */
export const totpFactor = {
  id: 'totp',
  code: 'otp',
  acr: 'eidas1-mfa',
} as const satisfies FactorDeclaration;

const WORDS = { channel: 'TOTP', rejected: 'totp.rejected' } as const satisfies OwnFactorWords;

const FACTOR: GivenFactor = {
  proof: { code: totpFactor.code, acr: totpFactor.acr },
  facts: { channel: WORDS.channel },
};

export interface TotpSubmission extends CompletionPlace {
  signInToken: string | undefined;
  code: string;
}

/** The code of an authenticator app, at a sign-in and in a session that is open. */
@Injectable()
export class TotpSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly totp: TotpService,
    private readonly checks: OwnFactorCheckService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly signIns: SignInCompletionService,
  ) {}

  /**
   * Opens the session, for the right code and once.
   *
   * @throws AppError `sign-in.required`, `totp.rejected`, `attempts.exceeded`, `code.exhausted`
   */
  async submit(submission: TotpSubmission): Promise<CompletedSignIn> {
    const { client, code, signInToken } = submission;
    const signIn = await this.pendingSignIns.find(signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    return this.#use(holderOf(signIn), code, client, (tx) =>
      this.signIns.complete(signIn, FACTOR, submission, tx),
    );
  }

  /**
   * At the 24-hour limit, or before a sensitive act.
   *
   * @throws AppError `totp.rejected`, `attempts.exceeded`, `code.exhausted`, `session.required`
   */
  confirm(session: Session, code: string, client: Client): Promise<SteppedUp> {
    return this.#use(holderOf(session), code, client, (tx) =>
      this.signIns.stepUp(session, FACTOR, client, tx),
    );
  }

  /** Counts the attempt and commits, then compares, then uses the code up with what it opens. */
  async #use<Opened>(
    person: RefusedPerson,
    code: string,
    client: Client,
    open: (tx: EntityManager) => Promise<Opened>,
  ): Promise<Opened> {
    const step = await this.#verify(person, code, client);
    try {
      return await this.transactions.run(async (tx) => {
        if (!(await this.totp.use(step, tx))) throw new AppError(WORDS.rejected);
        await this.checks.forgive(person.id, tx);
        return open(tx);
      });
    } catch (error) {
      await this.checks.refundAfter(error, person, client, WORDS);
      throw error;
    }
  }

  /** For an account without an app, and where a code by mail alone is enough, refuses and counts as for a wrong code. */
  async #verify(person: RefusedPerson, code: string, client: Client): Promise<TotpStep> {
    const account = await this.accounts.getForSignIn(person.id);
    const isAccepted = account && this.factors.acceptsOwn(totpFactor.id, account);
    const app = isAccepted ? await this.totp.open(person.id) : undefined;
    return this.checks.verify(person, client, WORDS, () => app && this.totp.compare(app, code));
  }
}
