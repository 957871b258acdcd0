import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { CodeChannelService, FactorRegistry, principalOf } from '@portillon/access';
import type { OwnFactor } from '@portillon/access';
import { CodeDeliveryService } from './code-delivery.service';
import type { PendingCode, RequestedCode, SendRequest } from './code-delivery.types';
import type { PasswordChecked } from '../password/password-check.service';

export interface StartedSignIn extends RequestedCode<PendingCode> {
  signInToken: string;
  /** Whether no browser remembers this person's code. */
  sharedWorkstation: boolean;
}

/** Works between the two steps of a sign-in: the password was right, and the code is written. */
@Injectable()
export class CodeSignInStartService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly attempts: PasswordAttemptService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly codes: CodeDeliveryService,
    private readonly channels: CodeChannelService,
    private readonly factors: FactorRegistry,
  ) {}

  /**
   * Begins the sign-in in progress. Writes its code, unless one of the account holder's `own` factors needs no message.
   * Reads the destination in the transaction, because it may have changed while the password was hashed. Returns undefined
   * when the account was deactivated or its password changed meanwhile.
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
    return this.codes.countedSend(sending, (request) =>
      this.transactions.run((tx) => this.#startWith(checked, request, own, tx)),
    );
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
    const pending = await this.codes.issue({ ...sending, binding, begins: true, account }, tx);
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
}
