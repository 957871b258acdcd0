import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, EmergencyMeans } from '@portillon/account';
import { AccountLimitService } from '@portillon/access';
import { SecurityNoticeService } from '@portillon/security-notice';
import { AppError, Clock, HOUR, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { AdministeredAccountService } from '../rights/administered-account.service';

export interface EmergencyRequest {
  means: EmergencyMeans;
  /** 1 to 24. */
  hours: number;
  reason: string;
}

/** In the journal's `data`: a line that must catch the eye. */
export const ALARM = { alarm: 'emergency-access' } as const;

/**
 * Allows one means, for one account, for 24 hours at most. Only an administrator opens it, never the account holder (RIE v2
 * draft, PS 16). The account holder and every national administrator are notified. No limit stops its code.
 */
@Injectable()
export class EmergencyAccessService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly limits: AccountLimitService,
    private readonly notices: SecurityNoticeService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError `act.on-self`, `account.state` when the account is not active */
  async open(administrator: Administrator, id: string, request: EmergencyRequest): Promise<Account> {
    const { means, hours, reason } = request;
    const account = await this.administered.touchOther(administrator, id);
    const until = addMilliseconds(this.clock.now(), hours * HOUR);
    await this.transactions.run(async (tx) => {
      await this.administered.claim(account, tx);
      if (!(await this.administration.openEmergencyAccess(account.id, { means, until }, tx)))
        throw new AppError('account.state');
      const data = { ...ALARM, act: 'open', means, until: until.toISOString() } as const;
      await this.journal.recordOnAccount(administrator, account, { name: 'authz_admin', reason, data }, tx);
      await this.#notifyPersonAndAdministrators(account, until, tx);
    });
    await this.limits.clear(account);
    return this.administered.get(administrator, id);
  }

  /** Notifies the account holder and every national administrator: a thief could use an access that no one sees. */
  async #notifyPersonAndAdministrators(account: Account, until: Date, tx: EntityManager): Promise<void> {
    await this.notices.notify('emergency-access', account, { by: 'administrator', until }, tx);
    const others = (await this.administration.nationalAdministrators(tx)).filter((id) => id !== account.id);
    const details = { by: 'administrator', until, about: account.displayName } as const;
    for (const id of others) await this.notices.notify('emergency-access', { id }, details, tx);
  }
}
