import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { CodeDeliveryService } from './code-delivery.service';
import type { PendingCode } from './code-delivery.types';
import type { PasswordChecked } from './password-check.service';
import { principalOf } from './principal';

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
  ) {}

  /**
   * Begins a sign-in in progress and writes its code. The code goes where the account says in the transaction, not where
   * it said before the password was hashed. Nothing when the account was deactivated or its password changed meanwhile.
   *
   * @throws AppError `attempts.exceeded`, `channel.unavailable`, `code.exhausted`
   */
  start(checked: PasswordChecked, client: Client): Promise<StartedSignIn | undefined> {
    const { account } = checked;
    return this.codes.countedSend({ purpose: 'sign-in', account, client }, () =>
      this.transactions.run((tx) => this.#start(checked, client, tx)),
    );
  }

  async #start(
    { account: read, known }: PasswordChecked,
    client: Client,
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
    const request = { purpose: 'sign-in', binding: signIn.id, account, client } as const;
    return { signInToken: token, pending: await this.codes.issue(request, tx) };
  }
}
