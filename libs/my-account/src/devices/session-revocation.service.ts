import { Injectable } from '@nestjs/common';
import { AuditService, EventName } from '@portillon/audit';
import { audited, holderOf, SecurityChangeService } from '@portillon/access';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Session, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

const REASON = 'revoked-by-person';

/** Ends sessions and remembered browsers of « Mon compte », one or all. */
@Injectable()
export class SessionRevocationService {
  constructor(
    private readonly sessions: SessionService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly changes: SecurityChangeService,
    private readonly audit: AuditService,
  ) {}

  /** @throws AppError `not-found` alike for an unknown session and for another account's. */
  async endSession(session: Session, id: string, client: Client): Promise<void> {
    await this.#revoke(session, client, 'session_revoked', async (tx) => {
      if (!(await this.sessions.endOf(session.accountId, id, REASON, tx))) throw new AppError('not-found');
    });
  }

  async endOtherSessions(session: Session, client: Client): Promise<void> {
    await this.#revoke(session, client, 'session_revoked', (tx) =>
      this.sessions.endAll(session.accountId, REASON, { except: session.id }, tx),
    );
  }

  /** @throws AppError `not-found` */
  async forgetBrowser(session: Session, id: string, client: Client): Promise<void> {
    await this.#revoke(session, client, 'browser_forgotten', async (tx) => {
      if (!(await this.trustedDevices.endOf(session.accountId, id, REASON, tx)))
        throw new AppError('not-found');
    });
  }

  async forgetAllBrowsers(session: Session, client: Client): Promise<void> {
    await this.#revoke(session, client, 'browser_forgotten', (tx) =>
      this.trustedDevices.endAll(session.accountId, REASON, tx),
    );
  }

  #revoke(
    session: Session,
    client: Client,
    name: EventName,
    act: (tx: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.changes.run(session, async (tx) => {
      await act(tx);
      await this.audit.record(audited(client, holderOf(session), { name, outcome: 'SUCCESS' }), tx);
    });
  }
}
