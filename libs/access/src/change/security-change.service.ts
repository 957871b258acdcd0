import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditFacts, AuditService, EventName } from '@portillon/audit';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { type NoticeDetails, type NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import { Session, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { audited, holderOf } from '../person/principal';
import { FactorResetService } from './factor-reset.service';

/** A changed password, address, number, channel or link. */
export interface SecurityChange {
  event: EventName;
  notice: NoticeKind;
  /** Why the other sessions and browsers ended, as the account holder's own data shows it. Default: the event. */
  endReason?: string;
  /** For the journal. */
  facts?: Pick<AuditFacts, 'channel' | 'data'>;
  /** For the mail. */
  details?: Pick<NoticeDetails, 'channel' | 'to'>;
}

/** Handles each change of a user's means: ends all other sessions, notifies the account holder, writes the journal. */
@Injectable()
export class SecurityChangeService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Runs `work`, a change that a session makes to its own account, in one transaction. @throws AppError as {@link begin}
   */
  run<Result>(session: Session, work: (tx: EntityManager) => Promise<Result>): Promise<Result> {
    return this.transactions.run(async (tx) => {
      await this.begin(session, tx);
      return work(tx);
    });
  }

  /**
   * Locks the account's row, as all acts do that remove means, and only then reads the session again. Otherwise a means
   * that is being added while all are removed would stay. @throws AppError `session.required`
   */
  async begin(session: Session, tx: EntityManager): Promise<void> {
    await this.accounts.lockRow(session.accountId, tx);
    if (!(await this.sessions.isOpen(session, tx))) throw new AppError('session.required');
  }

  /** In the transaction of the change, after it. */
  async complete(session: Session, change: SecurityChange, client: Client, tx: EntityManager): Promise<void> {
    const { event: name, notice, endReason = name, facts, details } = change;
    await this.factorReset.endOthers(session, endReason, tx);
    await this.notices.notify(notice, { id: session.accountId }, { ...details, client }, tx);
    const event = { ...facts, name, outcome: 'SUCCESS' } as const;
    await this.audit.record(audited(client, holderOf(session), event), tx);
  }
}
