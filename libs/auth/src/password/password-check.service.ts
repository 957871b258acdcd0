import { Injectable } from '@nestjs/common';
import { AccountService, SignInAccount } from '@portillon/account';
import { PasswordAttemptService, PasswordHashingService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Admission, IpThrottleService, SignInPolicy, Turn } from '@portillon/access';
import { AppError } from '@portillon/kernel';
import { RecognizedBrowser, BrowserRecognitionService } from '../session/browser-recognition.service';
import { PasswordRefusalService } from './password-refusal.service';

export interface PasswordRequest {
  username: string;
  password: string;
  client: Client;
  /** The cookie of the accounts that this browser remembers. */
  browserCookie: string | undefined;
}

/** The right password of an account that may enter, and what its sign-in still needs. */
export interface PasswordChecked {
  account: SignInAccount;
  known: RecognizedBrowser | undefined;
  admission: Admission & { opens: true };
}

/** Checks a password at one cost whatever name is given. */
@Injectable()
export class PasswordCheckService {
  constructor(
    private readonly accounts: AccountService,
    private readonly passwords: PasswordHashingService,
    private readonly attempts: PasswordAttemptService,
    private readonly throttle: IpThrottleService,
    private readonly browsers: BrowserRecognitionService,
    private readonly policy: SignInPolicy,
    private readonly refusals: PasswordRefusalService,
  ) {}

  /** @throws AppError `credentials.rejected`, `attempts.exceeded`, `means.unavailable`, `identity.unverified`, `service.busy` */
  async check(request: PasswordRequest): Promise<PasswordChecked> {
    const { username, client, browserCookie } = request;
    const account = await this.accounts.findForSignIn(username);
    const known = await this.browsers.recognise(browserCookie, account, client);
    // A browser that the user has used before has a separate budget: guesses of a neighbour do not use it up.
    const turn = known ? undefined : await this.#takeTurn(username, client);
    const checked = this.#check(request, account, known);
    if (turn && !(await isWrong(checked))) await this.throttle.giveBack(turn);
    return checked;
  }

  /**
   * Turns of a crowded address go round by the typed name, whether or not an account has it: one that waits for its own
   * wrong passwords takes none from its neighbours.
   */
  async #takeTurn(username: string, client: Client): Promise<Turn | undefined> {
    if (!(await this.throttle.isCrowded('password', client))) return undefined;
    return this.throttle.takeTurn('password', client, await this.attempts.delayedUntil(username));
  }

  async #check(
    request: PasswordRequest,
    account: SignInAccount | undefined,
    known: RecognizedBrowser | undefined,
  ): Promise<PasswordChecked> {
    const { username, password } = request;
    const browserId = known?.browser.id ?? null;
    const attempt = await this.attempts.begin(username, browserId);
    if (attempt.status === 'delayed') return this.refusals.delay(request, account, attempt.retryAt);
    const evaluated = this.#evaluate(password, account, known);
    const { matches, admission } = await this.attempts.settle(username, browserId, evaluated);
    if (account && admission.opens) return { account, known, admission };
    return this.refusals.refuse({ ...request, account, known, matches, admission });
  }

  /** Returns what the right password opens. When that fails, refunds the attempt: the password was not wrong. */
  settle<Opened>({ account, known }: PasswordChecked, opened: Promise<Opened>): Promise<Opened> {
    return this.attempts.settle(account.username, known?.browser.id ?? null, opened);
  }

  async #evaluate(
    password: string,
    account: SignInAccount | undefined,
    known: RecognizedBrowser | undefined,
  ) {
    const matches = await this.passwords.verify(account?.passwordDigest, password);
    // A wrong password is not judged: that would cost a statement for the names that exist.
    const owner = matches ? account : undefined;
    const acceptedAt = owner ? await this.browsers.acceptedAt(owner, known) : null;
    const admission = this.policy.judge(owner, { means: 'password', acceptedAt });
    if (owner && admission.opens && this.passwords.needsRehash(owner.passwordDigest!))
      await this.#rehash(owner, password);
    return { matches, admission };
  }

  async #rehash(account: SignInAccount, password: string): Promise<void> {
    await this.accounts.rehash(account.id, account.passwordDigest!, await this.passwords.hash(password));
  }
}

/** Whether a guess failed. A password that was right, or that was not looked at, used up no turn. */
async function isWrong(checked: Promise<unknown>): Promise<boolean> {
  const failed = (error: unknown) => error instanceof AppError && error.code === 'credentials.rejected';
  return checked.then(() => false, failed);
}
