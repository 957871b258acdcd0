import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random, secretMatches, addMilliseconds } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { deviceColumns, type SessionEntity } from './session.entity';
import type {
  SessionEndSubscriber,
  EndedSession,
  NewSession,
  Principal,
  Session,
  SessionChanges,
} from './session.types';
import { SessionPolicy } from './session.policy';
import { SessionRepository } from './session.repository';

/** Manages the sessions of people who have signed in. */
@Injectable()
export class SessionService {
  readonly #subscribers: SessionEndSubscriber[] = [];

  constructor(
    private readonly sessions: SessionRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Adds a subscriber, which is called at every later end of a session. Call it when the application starts. */
  subscribe(subscriber: SessionEndSubscriber): void {
    this.#subscribers.push(subscriber);
  }

  /**
   * Opens a session and ends the person's oldest ones beyond the limit. The token is returned once. The limit is exact
   * when the caller has written to the person's row in `tx` before: sign-ins of one person then wait for each other.
   */
  async open(request: NewSession, tx: EntityManager): Promise<{ session: Session; token: string }> {
    const now = this.clock.now();
    const open = await this.sessions.findOpenIds(request.principal.accountId, now, tx);
    await this.#endMany(open.slice(this.policy.maxSessions - 1), 'too-many', tx);
    const token = issueToken(this.random);
    const row = this.#begin(token.id, token.secretDigest, request, now);
    await this.sessions.insert(row, tx);
    return { session: toSession(row), token: token.value };
  }

  /** Returns the open session with this token. Accepts any text. Never returns a session that ended before the call. */
  async find(token: string | undefined): Promise<Session | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const row = await this.sessions.find(parsed.id);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    if (!this.#isOver(row)) return toSession(row);
    // Stores the end, so that a server whose clock is behind does not accept it.
    await this.end(row.id, 'expired').catch(() => undefined);
    return undefined;
  }

  /** Returns the open session with this id, for a caller that may end it on its owner's behalf. */
  async get(id: string): Promise<Session | undefined> {
    const row = await this.sessions.find(id);
    return row?.secretDigest && !this.#isOver(row) ? toSession(row) : undefined;
  }

  /** Whether the session is still open as `tx` sees it, with the token by which it was found. */
  isOpen(session: Session, tx: EntityManager): Promise<boolean> {
    return this.sessions.isOpen(session, this.clock.now(), tx);
  }

  /** Moves the idle limit, never the absolute one nor the code's. Returns nothing when the session is over. */
  async renew<Known extends Pick<Session, 'id' | 'principal' | 'expiresAt' | 'idleExpiresAt'>>(
    session: Known,
  ): Promise<Known | undefined> {
    const now = this.clock.now();
    const idleExpiresAt = this.#idleEnd(session, now);
    const renewed = await this.sessions.renew(session.id, idleExpiresAt, now);
    return renewed ? { ...session, idleExpiresAt } : undefined;
  }

  /**
   * Gives the session a new secret and applies `changes`. Call it at each step-up, so that an older token becomes
   * worthless. Of several concurrent callers with the same `session` one succeeds. The others, and a session that is
   * over, get nothing.
   */
  async rotate(
    session: Session,
    changes: SessionChanges,
    tx: EntityManager,
  ): Promise<{ session: Session; token: string } | undefined> {
    const now = this.clock.now();
    const token = issueToken(this.random, session.id);
    const changed = {
      ...given(changes),
      idleExpiresAt: this.#idleEnd(session, now),
      rotation: session.rotation + 1,
    };
    const row = { ...changed, secretDigest: token.secretDigest };
    if (!(await this.sessions.change(session, row, now, tx))) return undefined;
    return { session: { ...session, ...changed }, token: token.value };
  }

  /** Ends one session immediately on all instances. Returns whether it was open. */
  end(sessionId: string, reason: string, tx?: EntityManager): Promise<boolean> {
    return this.#endOne(sessionId, reason, undefined, tx);
  }

  /** Ends one session if it is this person's. Returns whether it was open. */
  endOf(accountId: string, sessionId: string, reason: string, tx?: EntityManager): Promise<boolean> {
    return this.#endOne(sessionId, reason, accountId, tx);
  }

  /**
   * Ends every session of the person except `except`. Returns how many. Where no new session may open (deactivation,
   * new password), call {@link PendingSignInService.endAll} and {@link TrustedDeviceService.endAll} first in the same
   * transaction: they wait for sign-ins that are being completed, so that this call finds their sessions.
   */
  async endAll(
    accountId: string,
    reason: string,
    options: { except?: string },
    tx: EntityManager,
  ): Promise<number> {
    const ids = await this.sessions.findUnendedIds(accountId, tx);
    const others = ids.filter((id) => id !== options.except);
    return this.#endMany(others, reason, tx);
  }

  /** As {@link endAll}, for many people. Returns the number of sessions. */
  async endAllOf(accountIds: readonly string[], reason: string, tx: EntityManager): Promise<number> {
    let [total, ended] = [0, 0];
    do {
      ended = await this.#endMany(await this.sessions.findUnendedIdsOf(accountIds, tx), reason, tx);
      total += ended;
    } while (ended > 0);
    return total;
  }

  /**
   * Owners of these sessions and the reasons of their ends, for a {@link SessionEndSubscriber}, which gets ids only.
   */
  async ended(ids: readonly string[], tx: EntityManager): Promise<EndedSession[]> {
    const rows = await this.sessions.findOwners(ids, tx);
    return rows.map(({ id, accountId, principal, endReason }) => {
      const structureIds = (principal.memberships ?? []).map(({ structure }) => structure.id);
      const structureId = principal.structure?.id ?? null;
      return { id, accountId, structureId, structureIds, reason: endReason };
    });
  }

  /** The open sessions of the person, newest first. */
  async list(accountId: string): Promise<Session[]> {
    return (await this.sessions.findOpen(accountId, this.clock.now())).map(toSession);
  }

  /**
   * Updates name, roles and structure in the person's open sessions. `principals`: of one person, one for each structure
   * that may be in use. A session keeps its structure, or gets the first of them.
   */
  async refreshPrincipal(principals: readonly Principal[], tx: EntityManager): Promise<void> {
    const [first] = principals;
    if (!first) return;
    for (const { id, principal: before } of await this.sessions.findPrincipals(first.accountId, tx)) {
      const same = principals.find(({ structure }) => structure?.id === before.structure?.id);
      const kept = same && {
        ...same,
        ...(before.structureChosen && { structureChosen: before.structureChosen }),
      };
      await this.sessions.setPrincipal([id], kept ?? first, tx);
    }
  }

  /** Gives an open session another structure in use. Returns the session; nothing when it has ended. */
  async setPrincipal(
    session: Session,
    principal: Principal,
    tx: EntityManager,
  ): Promise<Session | undefined> {
    const isOpen = await this.sessions.setPrincipal([session.id], principal, tx);
    return isOpen ? { ...session, principal } : undefined;
  }

  /** Deletes every session of an erased person, since each holds their name and addresses. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.#notify(await this.sessions.findUnendedIds(accountId, tx), tx);
    await this.sessions.erase(accountId, tx);
  }

  /**
   * Ends expired sessions and deletes those whose retention is over, at most `batch` of each. Returns the number of
   * changed rows.
   */
  async purge(batch: number): Promise<number> {
    const ended = await this.transactions.run((tx) => this.#endLapsed(batch, tx));
    const limit = addMilliseconds(this.clock.now(), -this.policy.retentionMs);
    return ended + (await this.sessions.deleteEndedBefore(limit, batch));
  }

  /** Uses `tx`, or a new transaction when the caller has none. */
  async #endOne(id: string, reason: string, accountId?: string, tx?: EntityManager): Promise<boolean> {
    if (!tx) return this.transactions.run((own) => this.#endOne(id, reason, accountId, own));
    const ended = await this.sessions.end(id, this.#end(reason), accountId, tx);
    if (ended) await this.#notify([id], tx);
    return ended;
  }

  async #endMany(ids: string[], reason: string, tx: EntityManager): Promise<number> {
    const ended = await this.sessions.endMany(ids, this.#end(reason), tx);
    if (ended > 0) await this.#notify(ids, tx);
    return ended;
  }

  async #endLapsed(batch: number, tx: EntityManager): Promise<number> {
    const ids = await this.sessions.endLapsed(this.#end('expired'), batch, tx);
    await this.#notify(ids, tx);
    return ids.length;
  }

  async #notify(ids: readonly string[], tx: EntityManager): Promise<void> {
    if (ids.length === 0) return;
    for (const subscriber of this.#subscribers) await subscriber.sessionsEnded(ids, tx);
  }

  #end(endReason: string) {
    return { endedAt: this.clock.now(), endReason };
  }

  #begin(id: string, secretDigest: string, request: NewSession, now: Date): SessionEntity {
    const { device, activity = null, proof = {}, authenticatedAt = now, ...stated } = request;
    const expiresAt = addMilliseconds(now, this.policy.absoluteMs);
    return {
      ...stated,
      ...deviceColumns(device),
      id,
      accountId: request.principal.accountId,
      secretDigest,
      rotation: 0,
      activity,
      proof,
      signedInAt: now,
      authenticatedAt,
      idleExpiresAt: this.#idleEnd({ principal: request.principal, expiresAt }, now),
      expiresAt,
      endedAt: null,
      endReason: null,
    };
  }

  /** At most the session's own end. */
  #idleEnd({ principal, expiresAt }: Pick<Session, 'principal' | 'expiresAt'>, now: Date): Date {
    return earliest(addMilliseconds(now, this.policy.idleMsOf(principal)), expiresAt);
  }

  #isOver(row: SessionEntity): boolean {
    const now = this.clock.now();
    return row.idleExpiresAt <= now || row.expiresAt <= now;
  }
}

function toSession(row: SessionEntity): Session {
  const { secretDigest, userAgent, address, endedAt, endReason, ...session } = row;
  return { ...session, device: { userAgent, address } };
}

// An undefined value must not become null by mistake: for a code's limit null means "never needed".
function given(changes: SessionChanges): SessionChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function earliest(one: Date, other: Date): Date {
  return one < other ? one : other;
}
