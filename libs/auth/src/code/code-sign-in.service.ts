import { Injectable } from '@nestjs/common';
import {
  CodeChannelService,
  FactorRegistry,
  holderOf,
  principalOf,
  SignInPolicy,
  type OwnFactor,
} from '@portillon/access';
import { AccountService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { AppError, Channel } from '@portillon/kernel';
import type { Receipt } from '@portillon/notification';
import { Transactions } from '@portillon/persistence';
import { PendingSignIn, PendingSignInService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { PasswordChecked } from '../password/password-check.service';
import {
  CompletedSignIn,
  CompletionPlace,
  SignInCompletionService,
} from '../session/sign-in-completion.service';
import { CodeCheckService } from './code-check.service';
import { CodeDeliveryService } from './code-delivery.service';
import type { DeliveredCode, PendingCode, RequestedCode, SendRequest } from './code.types';

export interface SubmittedCode extends CompletionPlace {
  signInToken: string | undefined;
  code: string;
}

/** A sign-in that waits for its second factor. */
export interface StartedSignIn extends RequestedCode<PendingCode> {
  signInToken: string;
  /** Whether no browser remembers this person's code. */
  sharedWorkstation: boolean;
}

/** The second step of a sign-in: its one-time code is written, sent again, submitted. */
@Injectable()
export class CodeSignInService {
  constructor(
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: CodeCheckService,
    private readonly delivery: CodeDeliveryService,
    private readonly completion: SignInCompletionService,
    private readonly accounts: AccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly policy: SignInPolicy,
    private readonly channels: CodeChannelService,
    private readonly factors: FactorRegistry,
  ) {}

  /**
   * Opens the session for the right code. A code opens one session only.
   *
   * @throws AppError `sign-in.required`, `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded`
   */
  async submit(submission: SubmittedCode): Promise<CompletedSignIn> {
    const { client, code } = submission;
    const signIn = await this.pendingSignIns.find(submission.signInToken);
    if (!signIn) return this.#refuseEnded(submission);
    const asked = { purpose: 'sign-in', binding: signIn.id, code } as const;
    // Counts the attempt and commits, then compares.
    const accepted = await this.codes.verify(asked, holderOf(signIn), client, { means: signIn.means });
    try {
      return await this.transactions.run(async (tx) => {
        await this.codes.consume(accepted, tx);
        return this.completion.complete(signIn, this.codes.factorOf(accepted), submission, tx);
      });
    } catch (error) {
      if (error instanceof AppError && error.code === 'code.rejected')
        await this.#recordReplay(signIn, client);
      await this.codes.refundAfter(error, accepted);
      throw error;
    }
  }

  /**
   * Begins the sign-in after the right password, and writes its code, unless one of the account holder's `own` factors needs
   * no message. Reads the destination in the transaction, because it may have changed while the password was hashed. Returns
   * undefined when the account was deactivated or its password changed meanwhile.
   *
   * @throws AppError `attempts.exceeded`, `channel.unavailable`, `code.exhausted`
   */
  async start(
    checked: PasswordChecked,
    own: OwnFactor[],
    client: Client,
  ): Promise<StartedSignIn | undefined> {
    const sending: SendRequest = { purpose: 'sign-in', account: checked.account, client };
    if (this.factors.isSilent(own) || this.channels.of(checked.account, sending.purpose).length === 0)
      return this.transactions.run((tx) => this.#startWithout(checked, own, tx));
    return this.delivery.countedSend(sending, (request) =>
      this.transactions.run((tx) => this.#startWith(checked, request, own, tx)),
    );
  }

  /**
   * Sends another code, which voids the previous one.
   *
   * @throws AppError `sign-in.required`, `channel.unavailable`, `resend.too-soon`, `attempts.exceeded`, `delivery.failed`
   */
  async resend(
    signInToken: string | undefined,
    channel: Channel | undefined,
    client: Client,
  ): Promise<DeliveredCode> {
    const signIn = await this.pendingSignIns.find(signInToken);
    const account = signIn && (await this.accounts.getForSignIn(signIn.accountId));
    // The structure may have changed its requirements since the user gave the password.
    if (!signIn || !account || !this.policy.judge(account, { means: 'password' }).opens)
      throw new AppError('sign-in.required');
    return this.delivery.send({ purpose: 'sign-in', binding: signIn.id, account, channel, client });
  }

  /** The delivery state of the latest code. @throws AppError `sign-in.required` */
  async receipt(signInToken: string | undefined): Promise<Receipt> {
    const signIn = await this.pendingSignIns.find(signInToken);
    if (!signIn) throw new AppError('sign-in.required');
    return this.delivery.receipt('sign-in', signIn.id);
  }

  async #startWith(
    checked: PasswordChecked,
    sending: SendRequest,
    own: OwnFactor[],
    tx: EntityManager,
  ): Promise<StartedSignIn | undefined> {
    const begun = await this.#begin(checked, tx);
    if (!begun) return undefined;
    const { account, binding, ...started } = begun;
    const pending = await this.delivery.issue({ ...sending, binding, begins: true, account }, tx);
    return { ...started, pending, alternatives: [...pending.otherChannels, ...own] };
  }

  async #startWithout(
    checked: PasswordChecked,
    own: OwnFactor[],
    tx: EntityManager,
  ): Promise<StartedSignIn | undefined> {
    const begun = await this.#begin(checked, tx);
    if (!begun) return undefined;
    const { account, binding: _, ...started } = begun;
    const alternatives = this.factors.ordered(own, this.channels.of(account, 'sign-in'));
    return { ...started, pending: null, alternatives };
  }

  async #begin({ account: read, known }: PasswordChecked, tx: EntityManager) {
    const account = await this.accounts.lockForUpdate(read, tx);
    if (!account) return undefined;
    const browserId = known?.browser.id ?? null;
    await this.attempts.succeeded(account.username, browserId, tx);
    const { signIn, token } = await this.pendingSignIns.start(
      { principal: principalOf(account), means: 'password', amr: ['pwd'], browserId },
      tx,
    );
    const { sharedWorkstations: sharedWorkstation } = account.policy;
    return { account, binding: signIn.id, signInToken: token, sharedWorkstation };
  }

  /** @throws AppError `sign-in.required` */
  async #refuseEnded({ signInToken, client }: SubmittedCode): Promise<never> {
    const ended = await this.pendingSignIns.findEnded(signInToken);
    if (ended) await this.#recordReplay(ended, client);
    throw new AppError('sign-in.required');
  }

  #recordReplay(signIn: Pick<PendingSignIn, 'accountId' | 'principal'>, client: Client): Promise<void> {
    return this.codes.recordReplay(holderOf(signIn), client, { means: 'password' });
  }
}
