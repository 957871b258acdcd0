import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { PasskeyService } from '@portillon/authenticator';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';

/** An administrator's face-to-face attestation of a passkey's holder. */
@Injectable()
export class PasskeyIdentityService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly passkeys: PasskeyService,
    private readonly journal: ActJournalService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /**
   * Records that the account holder presented the passkey to the administrator. Never one's own: the thief of an
   * administrator's session could attest their own passkey. @throws AppError `not-found`, `permission.denied`,
   * `act.on-self`, `account.state` when its identity is proven already
   */
  async proveInPerson(
    administrator: Administrator,
    accountId: string,
    passkeyId: string,
    reason: string,
  ): Promise<void> {
    const account = await this.administered.touchOther(administrator, accountId);
    await this.#requireIts(account, passkeyId);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.passkeys.proveInPerson(account.id, passkeyId, tx)))
        throw new AppError('account.state');
      const act = { name: 'passkey_identity_proven', reason, data: { passkeyId } } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
      await this.notices.notify('passkey-identity-proven', account, { by: 'administrator' }, tx);
    });
  }

  async #requireIts({ id }: Account, passkeyId: string): Promise<void> {
    const own = await this.passkeys.list(id);
    if (!own.some((passkey) => passkey.id === passkeyId)) throw new AppError('not-found');
  }
}
