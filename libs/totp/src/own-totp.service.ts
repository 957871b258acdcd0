import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { audited, EnrolmentProofService, FactorResetService, personOf } from '@portillon/auth';
import { BegunTotp, TotpEnrolmentService, TotpService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';

type Change = { event: 'totp_added' | 'totp_removed'; notice: 'totp-added' | 'totp-removed' };

/** The authenticator app of a person, as that person adds and removes it. */
@Injectable()
export class OwnTotpService {
  constructor(
    private readonly proofs: EnrolmentProofService,
    private readonly enrolment: TotpEnrolmentService,
    private readonly totp: TotpService,
    private readonly transactions: Transactions,
    private readonly factorReset: FactorResetService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `totp.exists`, and as {@link EnrolmentProofService.requireForApp} */
  async begin(session: Session, password: string | undefined, client: Client): Promise<BegunTotp> {
    const { id, username } = await this.proofs.requireForApp(session, password, client);
    const begun = await this.transactions.run((tx) => this.enrolment.begin(id, username, tx));
    if (!begun) throw new AppError('totp.exists');
    return begun;
  }

  /** What began it was proven: the secret was given to that session alone. @throws AppError `totp.rejected` */
  async confirm(session: Session, code: string, client: Client): Promise<void> {
    const proven = await this.enrolment.check(session.accountId, code);
    if (!proven) throw new AppError('totp.rejected');
    await this.transactions.run(async (tx) => {
      if (!(await this.enrolment.confirm(proven, tx))) throw new AppError('totp.rejected');
      await this.#changed(session, { event: 'totp_added', notice: 'totp-added' }, client, tx);
    });
  }

  /**
   * A session that may only add a means removes none, unless a recovery code opened it: the phone that was lost has the
   * app, and no other is added beside it.
   *
   * @throws AppError `enrolment.required`; `not-found` for who has none
   */
  async end(session: Session, client: Client): Promise<void> {
    const { limitedTo, recovered } = session.proof;
    if (limitedTo && !recovered) throw new AppError('enrolment.required');
    await this.transactions.run(async (tx) => {
      if (!(await this.totp.end(session.accountId, tx))) throw new AppError('not-found');
      await this.#changed(session, { event: 'totp_removed', notice: 'totp-removed' }, client, tx);
    });
  }

  /** As a change of the channel of codes: all that was opened with the former one ends, but this session. */
  async #changed(
    session: Session,
    { event: name, notice }: Change,
    client: Client,
    tx: EntityManager,
  ): Promise<void> {
    await this.factorReset.endOthers(session, name, tx);
    await this.notices.notify(notice, { id: session.accountId }, { client }, tx);
    await this.audit.record(audited(client, personOf(session), { name, outcome: 'SUCCESS' }), tx);
  }
}
