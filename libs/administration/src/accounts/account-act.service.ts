import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountService } from '@portillon/account';
import { PasswordAttemptService } from '@portillon/credential';
import { audited } from '@portillon/auth';
import { AuditData, AuditService, EventName } from '@portillon/audit';
import { AppError, maskNationalId } from '@portillon/kernel';
import { OtpService } from '@portillon/otp';
import { Transactions } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';
import { Administrator, inviterOf } from '../administrator';
import { AccountRevocationService } from './account-revocation.service';
import { AdministeredAccountService } from './administered-account.service';

/** One act: what it is called in the journal, what it does, whether it did. */
interface Act {
  name: EventName;
  reason: string | undefined;
  data?: AuditData;
  /** What the person is told by mail. */
  notice?: NoticeKind;
  /** Not on the administrator's own account. */
  notOnSelf?: boolean;
  /** False: the account is not in the state for it, and nothing was done. */
  run(account: Account, tx: EntityManager): Promise<boolean>;
}

/** What an administrator does to an account: each act in one transaction with its line of the journal. */
@Injectable()
export class AccountActService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly attempts: PasswordAttemptService,
    private readonly otp: OtpService,
    private readonly revocation: AccountRevocationService,
    private readonly invitations: InvitationService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** Forgets wrong passwords and wrong codes: the person may try again at once. */
  unlock(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'authn_unlock',
      reason,
      run: async (account, tx) => {
        await this.attempts.unlock(account.username, tx);
        await this.otp.unlock(account.id, tx);
        return true;
      },
    });
  }

  /** @throws AppError `act.on-self`, `administrator.last`, `account.state` */
  deactivate(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'user_archived',
      reason,
      notOnSelf: true,
      run: async (account, tx) => {
        await this.#keepOneNational(account, tx);
        if (!(await this.administration.deactivate(account.id, tx))) return false;
        await this.revocation.endAll(account.id, 'deactivated', tx);
        return true;
      },
    });
  }

  /** @throws AppError `account.state` when it is open already */
  reactivate(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const run = (account: Account, tx: EntityManager) => this.administration.reactivate(account.id, tx);
    return this.#do(administrator, id, { name: 'user_reactivated', reason, run });
  }

  /** Number, preferred channel, remembered browsers, open codes and sessions: the next code comes by mail. */
  resetFactors(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'authn_factors_reset',
      reason,
      notice: 'phone-changed',
      run: async (account, tx) => {
        await this.accounts.removePhone(account.id, tx);
        await this.revocation.endAll(account.id, 'factors_reset', tx);
        return true;
      },
    });
  }

  revokeSessions(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'session_revoked',
      reason,
      run: async (account, tx) => {
        await this.revocation.endSessions(account.id, 'revoked_by_administrator', tx);
        return true;
      },
    });
  }

  /** @throws AppError `account.state` when nobody is invited: the account has a password, or is closed */
  resendInvitation(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'user_invitation_resent',
      reason,
      run: async (account, tx) => {
        if (account.status !== 'INVITED') return false;
        await this.invitations.send(account, inviterOf(administrator), tx);
        return true;
      },
    });
  }

  /** @throws AppError `account.state` when it has one already, `account.taken` when another account has this one */
  link(administrator: Administrator, id: string, nationalId: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'identity_linked',
      reason,
      notice: 'identity-linked',
      data: { nationalId: maskNationalId(nationalId) },
      run: async (account, tx) => {
        if (account.nationalId) return false;
        if (!(await this.accounts.linkNationalId(account.id, nationalId, tx)))
          throw new AppError('account.taken');
        return true;
      },
    });
  }

  /** Whoever is signed in by the card or Pro Santé Connect is signed out. */
  unlink(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'identity_unlinked',
      reason,
      run: async (account, tx) => {
        const { id, nationalId } = account;
        if (!nationalId || !(await this.accounts.unlinkNationalId(id, nationalId, tx))) return false;
        await this.revocation.endSessions(account.id, 'identity_unlinked', tx);
        return true;
      },
    });
  }

  /**
   * Confirms what the person asked for: from now on nobody can tell who the account was.
   * @throws AppError `act.on-self`, `administrator.last`, `account.state` when the person did not ask
   */
  erase(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    return this.#do(administrator, id, {
      name: 'user_deleted',
      reason,
      notOnSelf: true,
      run: async (account, tx) => {
        await this.#keepOneNational(account, tx);
        if (!(await this.administration.erase(account.id, tx))) return false;
        await this.revocation.endAll(account.id, 'erased', tx);
        await this.revocation.eraseTraces(account, tx);
        return true;
      },
    });
  }

  async #do(administrator: Administrator, id: string, act: Act): Promise<Account> {
    const account = await this.administered.touch(administrator, id);
    if (act.notOnSelf && account.id === administrator.session.accountId) throw new AppError('act.on-self');
    const { name, reason, data } = act;
    const actorId = administrator.session.accountId;
    const event = { name, outcome: 'SUCCESS', reason, data, actorId } as const;
    await this.transactions.run(async (tx) => {
      if (!(await act.run(account, tx))) throw new AppError('account.state');
      await this.audit.record(audited(administrator.client, account, event), tx);
      if (act.notice) await this.notices.notify(act.notice, account, { by: 'administrator' }, tx);
    });
    return this.administered.get(administrator, id);
  }

  async #keepOneNational(account: Account, tx: EntityManager): Promise<void> {
    if (!account.roles.includes('national-admin')) return;
    if (await this.administration.staysNational(account.id, tx)) return;
    throw new AppError('administrator.last');
  }
}
