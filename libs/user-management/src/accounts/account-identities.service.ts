import { Injectable } from '@nestjs/common';
import { Account, IdentityService, isIdentityProven } from '@portillon/account';
import { PasskeyService } from '@portillon/authenticator';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';

/** Verifies identities: requests it of account holders, and records what an administrator verified face to face. */
@Injectable()
export class AccountIdentitiesService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly identities: IdentityService,
    private readonly passkeys: PasskeyService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Requests an identity by mail; the mail leaves at most once an hour, however often this is called. @throws AppError
   * `not-found`, `permission.denied`, or `account.state` for an account that is not active or already proven
   */
  async request(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    if (account.status !== 'ACTIVE' || isIdentityProven(account.identity, this.clock.now()))
      throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'identity_asked', reason }, tx);
      await this.notices.notify('identity-asked', account, { by: 'administrator' }, tx);
    });
    return account;
  }

  /**
   * Never one's own account: the thief of an administrator's session could attest themselves. A repeated verification
   * starts the three years again. @throws AppError `not-found`, `permission.denied`, `act.on-self`, `account.state` when
   * the account is closed
   */
  async attest(administrator: Administrator, id: string, reason: string): Promise<Account> {
    const account = await this.administered.getOtherForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.identities.attest(account.id, administrator.actor.id, tx)))
        throw new AppError('account.state');
      const act = { name: 'identity_verified', reason, data: { method: 'face-to-face' } } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('identity-verified', account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /**
   * Records that the account holder presented the passkey to the administrator. Never one's own: the thief of an
   * administrator's session could attest their own passkey. @throws AppError `not-found`, `permission.denied`,
   * `act.on-self`, `account.state` when its identity is proven already
   */
  async attestPasskey(
    administrator: Administrator,
    accountId: string,
    passkeyId: string,
    reason: string,
  ): Promise<void> {
    const account = await this.administered.getOtherForAct(administrator, accountId);
    const own = await this.passkeys.list(account.id);
    if (!own.some((passkey) => passkey.id === passkeyId)) throw new AppError('not-found');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.passkeys.proveInPerson(account.id, passkeyId, tx)))
        throw new AppError('account.state');
      const act = { name: 'passkey_identity_proven', reason, data: { passkeyId } } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('passkey-identity-proven', account, { by: 'administrator' }, tx);
    });
  }
}
