import { Injectable } from '@nestjs/common';
import { FactorRegistry } from '@portillon/access';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { Session, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { AuthMetrics } from '../auth.metrics';
import { CodeDeliveryService } from '../code/code-delivery.service';
import type { RequestedCode } from '../code/code.types';
import { CodeSignInService, StartedSignIn } from '../code/code-sign-in.service';
import {
  SessionOpening,
  SignInCompletionService,
  SignInRefused,
} from '../session/sign-in-completion.service';
import { PasswordChecked, PasswordCheckService } from './password-check.service';

interface RememberedSignIn {
  session: Session;
  sessionToken: string;
  /** Undefined when the code was given in another browser, which the deployment may allow. */
  browserToken?: string;
}

/** `code-unsent`: the sign-in continues although its message did not leave; the user may request another code. */
export type PasswordSignInResult =
  | ({ status: 'signed-in' } & RememberedSignIn)
  | ({ status: 'code-required'; signInToken: string; sharedWorkstation: boolean } & RequestedCode)
  | { status: 'code-unsent'; signInToken: string; error: Error };

/** The password that Passport's guard accepted, and when its check began, in milliseconds of `performance.now()`. */
export interface AcceptedPassword {
  checked: PasswordChecked;
  begunAt: number;
}

/** Whether the code was given in this browser or another, the password alone is no fresh proof of a second factor. */
const NEVER = new Date(0);
const WAIVED = { data: { codeWaivedBy: 'remembered-browser' } } as const;

/** The first step of a sign-in, after the right password: a session while an earlier code is valid, or a code. */
@Injectable()
export class PasswordSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly passwords: PasswordCheckService,
    private readonly attempts: PasswordAttemptService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly completion: SignInCompletionService,
    private readonly codeSignIn: CodeSignInService,
    private readonly delivery: CodeDeliveryService,
    private readonly factors: FactorRegistry,
    private readonly metrics: AuthMetrics,
  ) {}

  /**
   * Opens a session where this browser gave a code that still holds, or begins a sign-in and sends its code.
   *
   * @throws AppError `credentials.rejected` when the account changed meanwhile; `attempts.exceeded`, `means.unavailable`,
   * `identity.unverified`
   */
  async signIn({ checked, begunAt }: AcceptedPassword, client: Client): Promise<PasswordSignInResult> {
    const opened = await this.#open(checked, client);
    this.metrics.observePassword(performance.now() - begunAt);
    return 'session' in opened ? { status: 'signed-in', ...opened } : this.#send(opened);
  }

  /** A session, or a sign-in that waits for its code: either is committed. */
  async #open(checked: PasswordChecked, client: Client): Promise<RememberedSignIn | StartedSignIn> {
    let opened: RememberedSignIn | StartedSignIn | undefined;
    try {
      opened = (await this.#openRemembered(checked, client)) ?? (await this.#start(checked, client));
    } catch (error) {
      await this.passwords.refund(checked);
      throw error;
    }
    return opened ?? this.passwords.refuseChanged(client, checked.account);
  }

  /** Nothing when the code is required, or when browser or account were ended, or changed, since they were read. */
  async #openRemembered(checked: PasswordChecked, client: Client): Promise<RememberedSignIn | undefined> {
    if (checked.admission.needs === 'code') return undefined;
    const opening = openingOf(checked, checked.admission.acceptedAt, client);
    try {
      return await this.transactions.runOrRollBack((tx) => this.#remembered(checked, opening, tx));
    } catch (error) {
      if (error instanceof SignInRefused) return undefined;
      throw error;
    }
  }

  /** Locks the browser, then the account, as the end of a sign-in by code does, then the attempts. Nothing undoes all of it. */
  async #remembered(
    { account, known }: PasswordChecked,
    opening: SessionOpening,
    tx: EntityManager,
  ): Promise<RememberedSignIn | undefined> {
    const browserToken = known && (await this.trustedDevices.rotate(known.token, {}, tx));
    if (known && !browserToken) return undefined;
    const { session, sessionToken } = await this.completion.open(opening, tx);
    await this.attempts.succeeded(account.username, known?.browser.id ?? null, tx);
    return { session, sessionToken, browserToken };
  }

  async #start(checked: PasswordChecked, client: Client): Promise<StartedSignIn | undefined> {
    const own = await this.factors.of(checked.account);
    await this.passwords.requireFactor(checked.account, own, client);
    return this.codeSignIn.start(checked, own, client);
  }

  /** Runs after the sign-in is committed: a message that fails must not end the sign-in. */
  async #send({ pending, ...started }: StartedSignIn): Promise<PasswordSignInResult> {
    try {
      const delivered = pending && (await this.delivery.deliver(pending));
      return { status: 'code-required', ...started, pending: delivered };
    } catch (error) {
      return { status: 'code-unsent', signInToken: started.signInToken, error: error as Error };
    }
  }
}

function openingOf(
  { account, known }: PasswordChecked,
  codeAcceptedAt: Date | null,
  client: Client,
): SessionOpening {
  return {
    accountId: account.id,
    read: account,
    means: 'password',
    acr: null,
    amr: ['pwd'],
    codeAcceptedAt,
    authenticatedAt: (known && codeAcceptedAt) ?? NEVER,
    browserId: known?.browser.id ?? null,
    client,
    facts: WAIVED,
  };
}
