import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, EmergencyMeans } from '@portillon/account';
import { AccountLimitService, FactorResetService } from '@portillon/access';
import { AppError, Clock, HOUR, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { AccountLocksService } from './account-locks.service';

export interface EmergencyRequest {
  means: EmergencyMeans;
  /** 1 to 24. */
  hours: number;
  reason: string;
}

/** In the journal's `data`: a line that must catch the eye. */
const ALARM = { alarm: 'emergency-access' } as const;

/** Lets the holder of an account in again at once: unlocks it, or opens an emergency access. */
@Injectable()
export class AccountAccessService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly administration: AccountAdministrationService,
    private readonly locks: AccountLocksService,
    private readonly limits: AccountLimitService,
    private readonly factorReset: FactorResetService,
    private readonly invitations: InvitationService,
    private readonly notices: SecurityNoticeService,
    private readonly journal: ActJournalService,
    private readonly clock: Clock,
  ) {}

  /**
   * Clears wrong passwords, wrong codes, limit counters and an open report of an account: its holder may try again at
   * once. One whose password is void gets a link to choose another.
   */
  async unlock(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      await this.locks.unlock(account, tx);
      if (account.passwordVoid && account.status === 'ACTIVE')
        await this.invitations.sendPasswordLink(account, tx);
      await this.journal.recordOnAccount(administrator, account, { name: 'authn_unlock', reason }, tx);
      await this.notices.notify('account-unlocked', account, { by: 'administrator' }, tx);
    });
    await this.limits.clear(account);
    return this.administered.get(administrator, id);
  }

  /**
   * Allows one means, for one account, for 24 hours at most. Only an administrator opens it, never the account holder
   * (RIE v2 draft, PS 16). The account holder and every national administrator are notified. No limit stops its code.
   * @throws AppError `act.on-self`, `account.state` when the account is not active
   */
  async openEmergencyAccess(
    administrator: Administrator,
    id: string,
    { means, hours, reason }: EmergencyRequest,
  ): Promise<Account> {
    const account = await this.administered.getOtherForAct(administrator, id);
    const until = addMilliseconds(this.clock.now(), hours * HOUR);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.administration.openEmergencyAccess(account.id, { means, until }, tx)))
        throw new AppError('account.state');
      const data = { ...ALARM, act: 'open', means, until: until.toISOString() } as const;
      await this.journal.recordOnAccount(administrator, account, { name: 'authz_admin', reason, data }, tx);
      await this.#notifyHolderAndAdministrators(account, until, tx);
    });
    await this.limits.clear(account);
    return this.administered.get(administrator, id);
  }

  /**
   * Ends an emergency access before its time, with the sessions that it opened.
   * @throws AppError `account.state` when no emergency access is open
   */
  async closeEmergencyAccess(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      if (!(await this.administration.closeEmergencyAccess(account.id, tx)))
        throw new AppError('account.state');
      await this.factorReset.endAll(account.id, 'emergency_access_closed', tx);
      const data = { ...ALARM, act: 'close' } as const;
      await this.journal.recordOnAccount(administrator, account, { name: 'authz_admin', reason, data }, tx);
    });
    return this.administered.get(administrator, id);
  }

  /** A thief could use an access that no one sees. */
  async #notifyHolderAndAdministrators(account: Account, until: Date, tx: EntityManager): Promise<void> {
    await this.notices.notify('emergency-access', account, { by: 'administrator', until }, tx);
    const others = (await this.administration.nationalAdministrators(tx)).filter((id) => id !== account.id);
    const details = { by: 'administrator', until, about: account.displayName } as const;
    for (const id of others) await this.notices.notify('emergency-access', { id }, details, tx);
  }
}
