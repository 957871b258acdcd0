import { Injectable } from '@nestjs/common';
import type { Client } from '@portillon/http';
import { AppError, Clock } from '@portillon/kernel';
import type { CodeAccepted } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { PendingSignIn, PendingSignInService, Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { CodeCheckService } from './code-check.service';
import { CodeRefusalService } from './code-refusal.service';
import { codeUse, proofOf } from './code-use';
import { KnownBrowserService } from './known-browser.service';
import { IN_NEW_BROWSER } from './new-browser.job';
import { personOf } from './person';
import { SessionOpening, SessionOpeningService, SignInRefused } from './session-opening.service';

export interface CodeSubmission {
  signInToken: string | undefined;
  code: string;
  rememberBrowser: boolean;
  client: Client;
  /** What this browser remembers of its people. */
  browserCookie: string | undefined;
}

export interface CodeSignInResult {
  session: Session;
  sessionToken: string;
  /** Nothing when the person did not want this browser to remember the code. */
  browserToken?: string;
}

/** The second step of a sign-in: the one-time code. */
@Injectable()
export class CodeSignInService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: CodeCheckService,
    private readonly transactions: Transactions,
    private readonly browsers: KnownBrowserService,
    private readonly openings: SessionOpeningService,
    private readonly refusals: CodeRefusalService,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the session, for the right code and once.
   *
   * @throws AppError `sign-in.required`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async submit(submission: CodeSubmission): Promise<CodeSignInResult> {
    const { client, code } = submission;
    const signIn = await this.pendingSignIns.find(submission.signInToken);
    if (!signIn) return this.#refuseEnded(submission);
    const asked = { purpose: 'sign-in', binding: signIn.id, code } as const;
    const accepted = await this.codes.check(asked, personOf(signIn), client, { means: signIn.means });
    try {
      const signedIn = await this.transactions.run((tx) => this.#complete(submission, signIn, accepted, tx));
      await this.codes.giveBack(accepted);
      return signedIn;
    } catch (error) {
      // Deactivated since the password, or the structure now wants another means.
      if (error instanceof SignInRefused) throw signInRequired();
      if (error instanceof AppError && error.code === 'code.rejected')
        await this.#recordReplay(signIn, client);
      throw error;
    }
  }

  /** @throws AppError `sign-in.required` */
  async #refuseEnded({ signInToken, client }: CodeSubmission): Promise<never> {
    const ended = await this.pendingSignIns.findEnded(signInToken);
    if (ended) await this.#recordReplay(ended, client);
    throw signInRequired();
  }

  #recordReplay(signIn: Pick<PendingSignIn, 'accountId' | 'principal'>, client: Client): Promise<void> {
    return this.refusals.recordReplay(personOf(signIn), client, { means: 'password' });
  }

  /** Each step is refused by an error, which undoes those before it. */
  async #complete(
    submission: CodeSubmission,
    signIn: PendingSignIn,
    accepted: CodeAccepted,
    tx: EntityManager,
  ): Promise<CodeSignInResult> {
    const acceptedAt = this.clock.now();
    await this.codes.consume(accepted, tx);
    if (!(await this.pendingSignIns.complete(signIn, tx))) throw signInRequired();
    const browser = await this.#remember(submission, signIn, acceptedAt, tx);
    const opening = openingOf(submission, signIn, acceptedAt, browser?.id ?? null);
    const facts = factsOf(signIn, accepted, acceptedAt);
    const opened = await this.openings.open({ ...opening, proof: proofOf(accepted), facts }, tx);
    return { session: opened.session, sessionToken: opened.sessionToken, browserToken: browser?.token };
  }

  async #remember(
    { rememberBrowser, browserCookie: cookie, client }: CodeSubmission,
    { accountId, browserId }: PendingSignIn,
    codeAcceptedAt: Date,
    tx: EntityManager,
  ): Promise<{ id: string; token: string } | undefined> {
    if (!rememberBrowser) return undefined;
    return this.browsers.remember({ accountId, browserId, cookie, codeAcceptedAt, client }, tx);
  }
}

function openingOf(
  { client }: CodeSubmission,
  { accountId, means, amr }: PendingSignIn,
  codeAcceptedAt: Date,
  browserId: string | null,
): SessionOpening {
  return { accountId, means, acr: null, amr: [...amr, 'otp'], codeAcceptedAt, browserId, client };
}

/** What the journal says of it: the notice of a new browser is written by this line. */
function factsOf({ browserId }: PendingSignIn, accepted: CodeAccepted, acceptedAt: Date) {
  const { channel, data } = codeUse(accepted, acceptedAt);
  return { channel, data: browserId === null ? { ...data, ...IN_NEW_BROWSER } : data };
}

function signInRequired(): AppError {
  return new AppError('sign-in.required');
}
