import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import { audited, personOf } from '@portillon/access';
import { GateSessionService } from '../sign-in/gate-session.service';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { ApplicationSignOutService } from '@portillon/openid';
import { Transactions } from '@portillon/persistence';
import { Session, SessionService } from '@portillon/session';

/** Signs a user out of one application, in all of their browsers; they stay signed in here. */
@Injectable()
export class OwnApplicationSignOutService {
  constructor(
    private readonly sessions: SessionService,
    private readonly transactions: Transactions,
    private readonly signOut: ApplicationSignOutService,
    private readonly gateSessions: GateSessionService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `not-found` when the application does not exist, or holds no data of this user. */
  async end(session: Session, applicationId: string, client: Client): Promise<void> {
    const own = (await this.sessions.list(session.accountId)).map(({ id }) => id);
    await this.transactions.run(async (tx) => {
      const ended = await this.signOut.end(applicationId, own, tx);
      if (ended.length === 0) throw new AppError('not-found');
      await this.gateSessions.endAt(applicationId, ended, tx);
      const event = {
        name: 'application_left',
        outcome: 'SUCCESS',
        data: { application: applicationId },
      } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }
}
