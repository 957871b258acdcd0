import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { CodeDeliveryService } from './code-delivery.service';
import type { PendingCode, SendRequest } from './code-delivery.types';
import type { PasswordChecked } from './password-check.service';
import { principalOf } from './principal';
import { isOverSmsLimit } from './send-limits';
import { SignInPolicy } from './sign-in.policy';

export interface StartedSignIn {
  signInToken: string;
  /** Written, and still to be delivered. */
  pending: PendingCode;
}

/** Between the two steps: the password was right, the code is written. */
@Injectable()
export class CodeSignInStartService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: CodeDeliveryService,
    private readonly policy: SignInPolicy,
  ) {}

  /**
   * Begins a sign-in in progress and writes its code. The code goes where the account says in the transaction, not where
   * it said before the password was hashed; by mail when SMS have reached a limit. Nothing when the account was
   * deactivated or its password changed meanwhile.
   *
   * @throws AppError `attempts.exceeded`, `channel.unavailable`, `code.exhausted`
   */
  async start(checked: PasswordChecked, client: Client): Promise<StartedSignIn | undefined> {
    const sending = { purpose: 'sign-in', account: checked.account, client } as const;
    try {
      return await this.#counted(checked, sending);
    } catch (error) {
      // A stranger can fill what is counted of SMS: it must keep out no person who has a mailbox too.
      if (!isOverSmsLimit(error) || !this.policy.allowsChannel(checked.account, 'EMAIL')) throw error;
      return this.#counted(checked, { ...sending, channel: 'EMAIL' });
    }
  }

  #counted(checked: PasswordChecked, sending: SendRequest): Promise<StartedSignIn | undefined> {
    return this.codes.countedSend(sending, () =>
      this.transactions.run((tx) => this.#start(checked, sending, tx)),
    );
  }

  async #start(
    { account: read, known }: PasswordChecked,
    sending: SendRequest,
    tx: EntityManager,
  ): Promise<StartedSignIn | undefined> {
    const account = await this.accounts.holdForSignIn(read.id, read.passwordChangedAt, tx);
    if (!account) return undefined;
    const browserId = known?.browser.id ?? null;
    await this.attempts.succeeded(account.username, browserId, tx);
    const { signIn, token } = await this.pendingSignIns.start(
      { principal: principalOf(account), means: 'password', amr: ['pwd'], browserId },
      tx,
    );
    const pending = await this.codes.issue({ ...sending, binding: signIn.id, account }, tx);
    return { signInToken: token, pending };
  }
}
