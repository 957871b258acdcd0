import { Injectable } from '@nestjs/common';
import { AccountAdministrationService, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { Transactions } from '@portillon/persistence';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import { PendingSignInService, SessionService, TrustedDeviceService } from '@portillon/session';
import { StructureService } from '@portillon/structure';
import type { EntityManager } from 'typeorm';
import type { incidentJournal } from './incident.journal';

/** Of whom, and why: as the journal keeps it. */
export interface IncidentAct {
  /** Default: all structures. */
  structureId?: string;
  reason: string;
  /** The deciders, as {@link IncidentService.checkDeciders} found them. */
  deciders?: readonly Decider[];
}

/** A national administrator who decided an answer to an incident. */
export interface Decider {
  id: string;
  displayName: string;
}

export type IncidentDecision =
  | { status: 'decided'; deciders: Decider[] }
  | { status: 'not-administrator'; username: string }
  | { status: 'too-few'; wanted: number };

export type IncidentEvent = keyof typeof incidentJournal.events;

const NOTICES = {
  incident_sessions_ended: 'incident-sessions-ended',
  incident_passwords_renewed: 'incident-passwords-renewed',
} as const satisfies Record<IncidentEvent, NoticeKind>;

/** The number of required deciders, when there are as many. */
const EYES = 2;

/**
 * Ends an intrusion for many people, some hundreds in each transaction. The journal has the action before its first row
 * changes, and every national administrator is notified. An interrupted run is thus known, and starts again.
 */
@Injectable()
export class IncidentService {
  constructor(
    private readonly accounts: AccountService,
    private readonly administration: AccountAdministrationService,
    private readonly structures: StructureService,
    private readonly transactions: Transactions,
    private readonly pendingSignIns: PendingSignInService,
    private readonly trustedDevices: TrustedDeviceService,
    private readonly sessions: SessionService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The deciders of an incident response, by their user names (case does not matter): two national administrators, or
   * fewer when there are not two. The operator names them without proof. Each gets a mail, so that someone who is wrongly
   * named can object.
   */
  async checkDeciders(usernames: readonly string[]): Promise<IncidentDecision> {
    const national = await this.administration.nationalAdministrators();
    const deciders = new Map<string, Decider>();
    for (const username of usernames) {
      const account = await this.accounts.findByUsername(username);
      if (!account || !national.includes(account.id)) return { status: 'not-administrator', username };
      deciders.set(account.id, { id: account.id, displayName: account.displayName });
    }
    const wanted = Math.min(EYES, national.length);
    if (deciders.size < wanted) return { status: 'too-few', wanted };
    return { status: 'decided', deciders: [...deciders.values()] };
  }

  /** Ends every session, sign-in in progress and remembered browser: how many sessions and browsers. */
  async endSessions(act: IncidentAct): Promise<{ sessions: number; browsers: number }> {
    await this.#announce('incident_sessions_ended', act);
    const total = { sessions: 0, browsers: 0 };
    for await (const ids of this.accounts.pages(act.structureId)) {
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
    await this.#announce('incident_passwords_renewed', act);
    let people = 0;
    for await (const ids of this.accounts.pages(act.structureId))
      people += await this.transactions.run((tx) => this.#renew(ids, tx));
    return people;
  }

  /** In the journal and to each national administrator, or the answer does not run. */
  async #announce(name: IncidentEvent, { structureId, reason, deciders = [] }: IncidentAct): Promise<void> {
    const structures = structureId ? await this.structures.names([structureId]) : undefined;
    const details = {
      structure: structures?.get(structureId!)?.name,
      deciders: deciders.map(({ displayName }) => displayName),
    };
    const data = { by: 'command-line', decidedBy: deciders.map(({ id }) => id) } as const;
    await this.transactions.run(async (tx) => {
      const event = { name, outcome: 'SUCCESS', structureId: structureId ?? null, reason, data } as const;
      await this.audit.record(event, tx);
      const national = await this.administration.nationalAdministrators(tx);
      const recipients = national.map((subjectId) => ({ ...details, subjectId }));
      if (recipients.length > 0) await this.notices.notifyAll(NOTICES[name], recipients, tx);
    });
  }

  /** Sessions last, as in `FactorResetService`: one that opens meanwhile is found. */
  async #end(ids: readonly string[], tx: EntityManager): Promise<{ sessions: number; browsers: number }> {
    await this.pendingSignIns.endAllOf(ids, tx);
    const browsers = await this.trustedDevices.endAllOf(ids, 'incident', tx);
    return { browsers, sessions: await this.sessions.endAllOf(ids, 'incident', tx) };
  }

  /** Sign-ins in progress last: one that begins meanwhile finds its account changed, or is ended here. */
  async #renew(ids: readonly string[], tx: EntityManager): Promise<number> {
    const taken = await this.accounts.voidPasswords(ids, tx);
    await this.pendingSignIns.endAllOf(taken, tx);
    const recipients = taken.map((subjectId) => ({ subjectId, by: 'administrator' as const }));
    if (recipients.length > 0) await this.notices.notifyAll('password-renewal', recipients, tx);
    return taken.length;
  }
}
