import { Injectable } from '@nestjs/common';
import { ApplicationEntity, ApplicationService } from '@portillon/application';
import { EnteredApplication, ApplicationSignOutService, SessionClientService } from '@portillon/openid';
import { Session, SessionService } from '@portillon/session';
import { AuditService } from '@portillon/audit';
import { audited, holderOf } from '@portillon/access';
import { GateSessionService } from '../sign-in/gate-session.service';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';

/** An application that a user may open, with their use of it. */
export interface OwnApplicationUse {
  application: ApplicationEntity;
  /** The latest entry of the last 30 days; null: there was none. */
  lastUsedAt: Date | null;
  /** Whether it holds anything of a session that is open. */
  isSignedIn: boolean;
  /**
   * The scopes that the user consented to; null: no consent was required. Signing out of the application withdraws them.
   */
  consent: string[] | null;
}

/** The applications that a user may open: listed, and left in all of their browsers while they stay signed in here. */
@Injectable()
export class OwnApplicationService {
  constructor(
    private readonly applications: ApplicationService,
    private readonly clients: SessionClientService,
    private readonly sessions: SessionService,
    private readonly transactions: Transactions,
    private readonly signOuts: ApplicationSignOutService,
    private readonly gateSessions: GateSessionService,
    private readonly audit: AuditService,
  ) {}

  /** Ordered by name. Uses the rights in the session: a new role counts from the next refresh. */
  async list(session: Session): Promise<OwnApplicationUse[]> {
    const applications = await this.applications.openableBy(session);
    const entries = await this.clients.entriesOf(session.accountId);
    const open = (await this.sessions.list(session.accountId)).map(({ id }) => id);
    return Promise.all(
      applications.map(async (application) => {
        const own = entries.filter(({ applicationId }) => applicationId === application.id);
        const openEntries = own.filter((entry) => isOpen(entry, open));
        return {
          application,
          lastUsedAt: lastUseOf(own),
          isSignedIn: openEntries.length > 0,
          consent: application.trusted ? null : await this.#consentIn(openEntries),
        };
      }),
    );
  }

  /** @throws AppError `not-found` when the application does not exist, or holds no data of this user. */
  async signOut(session: Session, applicationId: string, client: Client): Promise<void> {
    const own = (await this.sessions.list(session.accountId)).map(({ id }) => id);
    await this.transactions.run(async (tx) => {
      const ended = await this.signOuts.end(applicationId, own, tx);
      if (ended.length === 0) throw new AppError('not-found');
      await this.gateSessions.endAt(applicationId, ended, tx);
      const event = {
        name: 'application_left',
        outcome: 'SUCCESS',
        data: { application: applicationId },
      } as const;
      await this.audit.record(audited(client, holderOf(session), event), tx);
    });
  }

  async #consentIn(entries: readonly EnteredApplication[]): Promise<string[] | null> {
    const grants = entries.flatMap(({ grantId }) => grantId ?? []);
    if (grants.length === 0) return null;
    const scopes = await Promise.all(grants.map((grantId) => this.clients.scopesOf(grantId)));
    return [...new Set(scopes.flat())];
  }
}

function lastUseOf(entries: readonly EnteredApplication[]): Date | null {
  const [last] = entries.map(({ lastUsedAt }) => lastUsedAt).sort((one, other) => +other - +one);
  return last ?? null;
}

function isOpen({ sessionId, endedAt }: EnteredApplication, open: readonly string[]): boolean {
  return endedAt === null && open.includes(sessionId);
}
