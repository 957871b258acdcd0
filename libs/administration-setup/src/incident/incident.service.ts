import { Injectable } from '@nestjs/common';
import { AccountAdministrationService, AccountService } from '@portillon/account';
import { AuditService, AuditEntry } from '@portillon/audit';
import { CSV_BEGINNING, csvLine } from '@portillon/http';
import { isAmong } from '@portillon/kernel';
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

/** Sign-ins of a span of time. */
interface ConcernedRequest {
  from: Date;
  /** Before then. */
  to: Date;
  /** An address, or a CIDR block. Default: any. */
  address?: string;
}

/** A user who signed in, or failed to. */
export interface ConcernedPerson {
  id: string;
  /** Null once the account is erased. */
  username: string | null;
  displayName: string | null;
  structure: string | null;
  signIns: number;
  failures: number;
  firstAt: Date;
  lastAt: Date;
  /** The latest ones, at most {@link MOST_ADDRESSES}. */
  addresses: string[];
}

const MOST_ADDRESSES = 10;

/** Actions of users on their own means, and refused sign-ins. */
const NAMES = [
  'authn_login_success',
  'authn_login_fail',
  'authn_login_fail_max',
  'authn_login_lock',
  'authn_code_fail',
  'authn_code_lock',
  'authn_passkey_fail',
  'authn_step_up',
];

/** The number of accounts that are read together. */
const NAMED_AT_ONCE = 500;

type Traces = Omit<ConcernedPerson, 'username' | 'displayName' | 'structure'>;

/**
 * Finds the accounts that an incident affects, and ends an intrusion for many people, some hundreds in each transaction. The
 * journal has the action before its first row changes, and every national administrator is notified. An interrupted run is
 * thus known, and starts again.
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

  /**
   * Who signed in or failed to, the latest first, and how many failures were under names that no account bears. That it was read is in the journal
   * before.
   */
  async affectedAccounts({ from, to, address }: ConcernedRequest): Promise<{
    people: ConcernedPerson[];
    unknownNames: number;
  }> {
    const data = {
      what: 'events',
      by: 'command-line',
      from,
      to,
      names: NAMES,
      addressBlock: address,
    } as const;
    await this.audit.record({ name: 'sensitive_read', outcome: 'SUCCESS', data });
    const traces = new Map<string, Traces>();
    let unknownNames = 0;
    for await (const page of this.audit.all({ names: NAMES, from, to }))
      for (const line of page) {
        if (address !== undefined && !isAmong(line.address ?? undefined, [address])) continue;
        if (line.accountId) traces.set(line.accountId, withLine(traces.get(line.accountId), line));
        else unknownNames += 1;
      }
    return { people: await this.#named([...traces.values()]), unknownNames };
  }

  async #named(all: Traces[]): Promise<ConcernedPerson[]> {
    const named: ConcernedPerson[] = [];
    for (let first = 0; first < all.length; first += NAMED_AT_ONCE)
      named.push(...(await this.#namedAtOnce(all.slice(first, first + NAMED_AT_ONCE))));
    return named;
  }

  async #namedAtOnce(some: Traces[]): Promise<ConcernedPerson[]> {
    const people = await this.accounts.findNames(some.map(({ id }) => id));
    const ids = [...people.values()].flatMap(({ structureId }) => structureId ?? []);
    const structures = await this.structures.names(ids);
    return some.map((one) => {
      const { username = null, displayName = null, structureId = null } = people.get(one.id) ?? {};
      const structure = structures.get(structureId ?? '')?.name ?? null;
      return { ...one, username, displayName, structure };
    });
  }
}

/** Lines come the newest first. */
function withLine(known: Traces | undefined, { accountId, at, outcome, address, name }: AuditEntry): Traces {
  const before = known ?? {
    id: accountId!,
    signIns: 0,
    failures: 0,
    firstAt: at,
    lastAt: at,
    addresses: [],
  };
  const addresses = address === null ? before.addresses : [...new Set([...before.addresses, address])];
  return {
    ...before,
    signIns: before.signIns + (name === 'authn_login_success' ? 1 : 0),
    failures: before.failures + (outcome === 'FAILURE' ? 1 : 0),
    firstAt: at,
    addresses: addresses.slice(0, MOST_ADDRESSES),
  };
}

/** As a table for a spreadsheet. */
export function concernedCsv(people: readonly ConcernedPerson[]): string {
  const titles = ['account', 'username', 'name', 'structure', 'sign_ins', 'failures', 'first', 'last'];
  const lines = people.map((one) => [
    one.id,
    one.username,
    one.displayName,
    one.structure,
    one.signIns,
    one.failures,
    one.firstAt.toISOString(),
    one.lastAt.toISOString(),
    one.addresses.join(' '),
  ]);
  return CSV_BEGINNING + [[...titles, 'addresses'], ...lines].map(csvLine).join('');
}
