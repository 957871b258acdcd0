import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { IncidentAnnouncementService } from './incident-announcement.service';
import type { IncidentAct } from './incident.types';

/**
 * Ends an intrusion for many people, some hundreds in each transaction. The journal has the action before its first row
 * changes, and every national administrator is notified. An interrupted run is thus known, and starts again.
 */
@Injectable()
export class IncidentService {
  constructor(
    private readonly crowd: AccountService,
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly sessions: SessionService,
    private readonly notices: SecurityNoticeService,
    private readonly announcement: IncidentAnnouncementService,
  ) {}

  /** Ends every session, sign-in in progress and remembered browser: how many sessions and browsers. */
  async endSessions(act: IncidentAct): Promise<{ sessions: number; browsers: number }> {
    await this.announcement.announce('incident_sessions_ended', act);
    const total = { sessions: 0, browsers: 0 };
    for await (const ids of this.crowd.pages(act.structureId)) {
      const ended = await this.transactions.run((tx) => this.#end(ids, tx));
      total.sessions += ended.sessions;
      total.browsers += ended.browsers;
    }
    return total;
  }

  /**
   * Disables each person's password until they choose another by « Mot de passe oublié », and notifies them by mail.
   * Returns their number.
   */
  async renewPasswords(act: IncidentAct): Promise<number> {
    await this.announcement.announce('incident_passwords_renewed', act);
    let people = 0;
    for await (const ids of this.crowd.pages(act.structureId))
      people += await this.transactions.run((tx) => this.#renew(ids, tx));
    return people;
  }

  /** Sessions last, as in `FactorResetService`: one that opens meanwhile is found. */
  async #end(ids: readonly string[], tx: EntityManager): Promise<{ sessions: number; browsers: number }> {
    await this.pendingSignIns.endAllOf(ids, tx);
    const browsers = await this.trustedDevices.endAllOf(ids, 'incident', tx);
    return { browsers, sessions: await this.sessions.endAllOf(ids, 'incident', tx) };
  }

  /** Sign-ins in progress last: one that begins meanwhile finds its account changed, or is ended here. */
  async #renew(ids: readonly string[], tx: EntityManager): Promise<number> {
    const taken = await this.crowd.takePasswords(ids, tx);
    await this.pendingSignIns.endAllOf(taken, tx);
    const recipients = taken.map((subjectId) => ({ subjectId, by: 'administrator' as const }));
    if (recipients.length > 0) await this.notices.notifyAll('password-renewal', recipients, tx);
    return taken.length;
  }
}
