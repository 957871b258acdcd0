import { Injectable } from '@nestjs/common';
import { Accounts } from '@portillon/account';
import { Audit, AuditEvent } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError, Clock, Random } from '@portillon/kernel';
import { Checked, Foreseen, Otp, OtpChannel, OtpSubmission } from '@portillon/otp';
import { Database, Statements } from '@portillon/persistence';
import { NewSession, RememberedBrowsers, Session, Sessions, SignIn, SignIns } from '@portillon/session';
import { audited } from './audit-context';
import { CodeRefusals, RefusedCode } from './code-refusals';
import { CodeSender, PendingCode } from './code-sender';
import { codeUse } from './code-use';
import { IN_NEW_BROWSER } from './new-browser-notices';
import { deviceOf } from './principal';
import { personOf } from './session-code';
import { KnownSignIn, SignInMemory } from './sign-in-memory';
import { SignInPolicy } from './sign-in-policy';

export interface CodeSubmission {
  signInToken: string | undefined;
  code: string;
  rememberBrowser: boolean;
  client: Client;
  /** What this browser remembers of its people. */
  browserCookie: string | undefined;
}

export interface CodeAccepted {
  session: Session;
  sessionToken: string;
  /** Nothing when the person did not want this browser to remember the code. */
  browserToken?: string;
}

type Accepted = Extract<Checked, { status: 'accepted' }>;

/** A right code, and how it is used up: `true` for one caller. */
type Usable = Accepted & { use: (tx: Statements) => Promise<boolean> };

const BY_PASSWORD = { means: 'password' };

/** The second step of a sign-in: the one-time code. */
@Injectable()
export class CodeStep {
  constructor(
    private readonly database: Database,
    private readonly accounts: Accounts,
    private readonly otp: Otp,
    private readonly signIns: SignIns,
    private readonly sessions: Sessions,
    private readonly browsers: RememberedBrowsers,
    private readonly policy: SignInPolicy,
    private readonly codes: CodeSender,
    private readonly refusals: CodeRefusals,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly memory: SignInMemory,
  ) {}

  /**
   * Opens the session, for the right code and once; every attempt is counted before it is answered.
   *
   * @throws AppError `sign-in.required`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async take(submission: CodeSubmission): Promise<CodeAccepted> {
    const known = this.memory.take(submission.signInToken);
    const seen = known ?? (await this.#read(submission));
    const accepted = await this.#atOnce(submission, seen);
    if (accepted) return accepted;
    // What was known, and not read now, may be so no more.
    return this.#inTurn(submission, known ? await this.#read(submission) : seen);
  }

  async #read({ signInToken }: CodeSubmission): Promise<KnownSignIn> {
    const [signIn, standing] = await Promise.all([
      this.#inProgress(signInToken),
      this.otp.standing('sign-in', this.signIns.idIn(signInToken)),
    ]);
    return { signIn, standing };
  }

  /**
   * The count and all that follows from the outcome, in one commit, before anybody is told (ADR 0016). Nothing when
   * another attempt came first, or when there is something to ask for before.
   */
  async #atOnce(submission: CodeSubmission, known: KnownSignIn): Promise<CodeAccepted | undefined> {
    const { signIn, standing } = known;
    const foreseen = this.otp.foresee(asked(submission, signIn), standing);
    if (!foreseen) return undefined;
    const { outcome } = foreseen;
    if (outcome.status !== 'accepted')
      return this.#refuseAtOnce(submission, signIn, { ...foreseen, outcome });
    // A browser that is known must be asked first.
    if (signIn.browserId !== null) return undefined;
    const use = (tx: Statements) => this.otp.settle(foreseen, tx);
    return this.database.inOneTrip((tx) => this.#complete(submission, signIn, { ...outcome, use }, tx), {
      shared: true,
    });
  }

  async #refuseAtOnce(
    { client, signInToken }: CodeSubmission,
    signIn: SignIn,
    foreseen: Foreseen & { outcome: RefusedCode },
  ): Promise<undefined> {
    const { outcome, after } = foreseen;
    const person = personOf(signIn);
    const settled = await this.database.inOneTrip(
      (tx) =>
        Promise.all([
          this.otp.settle(foreseen, tx),
          this.refusals.record(outcome, person, client, BY_PASSWORD, tx),
        ]),
      { shared: true },
    );
    if (!settled) return;
    this.memory.keep(signInToken!, { signIn, standing: after });
    await this.refusals.answer(outcome, person, client);
  }

  /** Counts the attempt, in a commit of its own; compares; and only for the right code consumes it, with the session. */
  async #inTurn(submission: CodeSubmission, { signIn, standing }: KnownSignIn): Promise<CodeAccepted> {
    const outcome = await this.otp.check(asked(submission, signIn), standing);
    if (outcome.status !== 'accepted')
      return this.refusals.refuse(outcome, personOf(signIn), submission.client, BY_PASSWORD);
    const use = (tx: Statements) => this.otp.consume(outcome.challengeId, tx);
    return this.database.transaction((tx) => this.#complete(submission, signIn, { ...outcome, use }, tx));
  }

  /**
   * Writes another code for the sign-in in progress; the one before is void.
   *
   * @throws AppError `sign-in.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`
   */
  async resend(
    signInToken: string | undefined,
    channel: OtpChannel | undefined,
    client: Client,
  ): Promise<PendingCode> {
    const signIn = await this.#inProgress(signInToken);
    const account = await this.accounts.get(signIn.accountId);
    // The structure may have changed what it asks since the password was given.
    if (!this.policy.admits(account) || this.policy.forbids('password', account)) throw signInRequired();
    const request = { purpose: 'sign-in', binding: signIn.id, account, channel, client } as const;
    return this.codes.deliver(await this.database.transaction((tx) => this.codes.issue(request, tx)));
  }

  async #inProgress(token: string | undefined): Promise<SignIn> {
    const signIn = await this.signIns.find(token);
    if (!signIn) throw signInRequired();
    return signIn;
  }

  /** Everything at once, in one trip to the database: what is refused undoes the rest. */
  async #complete(
    submission: CodeSubmission,
    signIn: SignIn,
    accepted: Usable,
    tx: Statements,
  ): Promise<CodeAccepted> {
    const acceptedAt = this.clock.now();
    const browser = await this.#browser(submission, signIn, acceptedAt, tx);
    const [consumed, completed, browserToken, opened] = await Promise.all([
      accepted.use(tx),
      this.signIns.complete(signIn, tx),
      browser?.token ?? this.#remember(browser?.id, submission, signIn, acceptedAt, tx),
      this.sessions.open(this.#opening(submission, signIn, acceptedAt, browser?.id ?? null), tx),
      this.#audit(submission.client, signIn, success(signIn, accepted, acceptedAt), tx),
    ]);
    // Two requests with the same right code: one consumes it, the other finds it gone.
    if (!consumed) throw new AppError('code.rejected', 'unauthenticated');
    // Nor does it complete for who was deactivated since the password: that ends the sign-in.
    if (!completed) throw signInRequired();
    return { session: opened.session, sessionToken: opened.token, browserToken };
  }

  /** The browser that this sign-in is to be remembered in: a known one with its next token, or a new one's id. */
  async #browser(
    submission: CodeSubmission,
    signIn: SignIn,
    codeAcceptedAt: Date,
    tx: Statements,
  ): Promise<{ id: string; token?: string } | undefined> {
    if (!submission.rememberBrowser) return undefined;
    const known = this.browsers.tokenIn(submission.browserCookie, signIn.browserId);
    const token = known && (await this.browsers.rotate(known, { codeAcceptedAt }, tx));
    return token && signIn.browserId ? { id: signIn.browserId, token } : { id: this.random.id() };
  }

  async #remember(
    id: string | undefined,
    submission: CodeSubmission,
    signIn: SignIn,
    codeAcceptedAt: Date,
    tx: Statements,
  ): Promise<string | undefined> {
    if (id === undefined) return undefined;
    const device = deviceOf(submission.client);
    const { accountId } = signIn;
    return (await this.browsers.remember({ id, accountId, codeAcceptedAt, device }, tx)).token;
  }

  #opening(
    submission: CodeSubmission,
    signIn: SignIn,
    codeAcceptedAt: Date,
    browserId: string | null,
  ): NewSession {
    return {
      principal: signIn.principal,
      means: 'password',
      acr: null,
      amr: [...signIn.amr, 'otp'],
      codeAcceptedAt,
      codeValidUntilAt: this.policy.codeValidUntil(codeAcceptedAt, signIn.principal.codeLimit),
      browserId,
      device: deviceOf(submission.client),
      hasRoom: true,
    };
  }

  #audit(
    client: Client,
    signIn: SignIn,
    event: Pick<AuditEvent, 'name' | 'outcome' | 'channel' | 'data'>,
    tx: Statements,
  ): Promise<void> {
    return this.audit.record(audited(client, personOf(signIn), { ...event, ...BY_PASSWORD }), tx);
  }
}

function asked({ code }: CodeSubmission, signIn: SignIn): OtpSubmission {
  return { purpose: 'sign-in', binding: signIn.id, code };
}

function success(signIn: SignIn, accepted: Accepted, acceptedAt: Date) {
  const { channel, data } = codeUse(accepted, acceptedAt);
  const facts = signIn.browserId === null ? { ...data, ...IN_NEW_BROWSER } : data;
  return { name: 'authn_login_success', outcome: 'SUCCESS', channel, data: facts } as const;
}

function signInRequired(): AppError {
  return new AppError('sign-in.required', 'unauthenticated');
}
