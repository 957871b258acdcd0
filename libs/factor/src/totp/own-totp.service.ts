import { Injectable } from '@nestjs/common';
import { EnrolmentProofService } from '@portillon/auth';
import { SecurityChangeService } from '@portillon/access';
import { BegunTotp, TotpEnrolmentService, TotpService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Session } from '@portillon/session';

const ADDED = { event: 'totp_added', notice: 'totp-added' } as const;
const REMOVED = { event: 'totp_removed', notice: 'totp-removed' } as const;

/** The authenticator app of the signed-in user, who adds and removes it. */
@Injectable()
export class OwnTotpService {
  constructor(
    private readonly proofs: EnrolmentProofService,
    private readonly enrolment: TotpEnrolmentService,
    private readonly totp: TotpService,
    private readonly changes: SecurityChangeService,
  ) {}

  /** @throws AppError `totp.exists`, and as {@link EnrolmentProofService.requireForApp} */
  async begin(session: Session, password: string | undefined, client: Client): Promise<BegunTotp> {
    const { id, username } = await this.proofs.requireForApp(session, password, client);
    const begun = await this.changes.run(session, (tx) => this.enrolment.begin(id, username, tx));
    if (!begun) throw new AppError('totp.exists');
    return begun;
  }

  /** Needs no new proof: only the session that gave one has the secret. @throws AppError `totp.rejected` */
  async confirm(session: Session, code: string, client: Client): Promise<void> {
    const proven = await this.enrolment.check(session.accountId, code);
    if (!proven) throw new AppError('totp.rejected');
    await this.changes.run(session, async (tx) => {
      if (!(await this.enrolment.confirm(proven, tx))) throw new AppError('totp.rejected');
      await this.changes.complete(session, ADDED, client, tx);
    });
  }

  /**
   * Removes the app. A session that may only add a means cannot, unless a recovery code opened it: then the app is on
   * the lost phone.
   * @throws AppError `enrolment.required`; `not-found` when the account has none
   */
  async end(session: Session, client: Client): Promise<void> {
    const { limitedTo, recovered } = session.proof;
    if (limitedTo && !recovered) throw new AppError('enrolment.required');
    await this.changes.run(session, async (tx) => {
      if (!(await this.totp.end(session.accountId, tx))) throw new AppError('not-found');
      await this.changes.complete(session, REMOVED, client, tx);
    });
  }
}
