import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random, secretMatches, shift } from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { changeRows, chooseRows } from './chosen-rows';
import { OPEN, sessionsOverLimit } from './session.limit';
import { SessionPolicy } from './session.policy';
import { insertSession, SESSION_COLUMNS, SessionRow, toSession } from './session.row';
import type { Device, Principal, Session, SessionActivity, SessionMeans } from './session.types';

export interface NewSession {
  principal: Principal;
  means: SessionMeans;
  acr: string | null;
  /** Words of RFC 8176. */
  amr: string[];
  activity?: SessionActivity | null;
  codeAcceptedAt: Date | null;
  /** Null when this means never needs a code. */
  codeValidUntilAt: Date | null;
  browserId: string | null;
  device: Device;
}

/** What a step-up changes; what is left out stays. */
export type SessionChanges = Partial<
  Pick<Session, 'codeAcceptedAt' | 'codeValidUntilAt' | 'authenticatedAt' | 'browserId' | 'amr'>
>;

// Guarded by the secret, which goes with the end: a condition on `endedAt` might be searched by its index.
const END =
  'UPDATE session SET endedAt = ?, endReason = ?, secretDigest = NULL WHERE secretDigest IS NOT NULL';

/** The sessions of people who have signed in. */
@Injectable()
export class SessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Opens a session and ends the person's oldest ones beyond the limit. The token is given once. */
  async open(request: NewSession, tx: EntityManager): Promise<{ session: Session; token: string }> {
    const now = this.clock.now();
    await this.#makeRoom(request, now, tx);
    const token = issueToken(this.random);
    const session = this.#begin(token.id, request, now);
    await insertSession(session, token.secretDigest, tx);
    return { session, token: token.value };
  }

  /**
   * The open session whose token this is. Any text is answered, and costs one statement at most, shared by all the
   * look-ups of the same turn. What has ended before the call is never given.
   */
  async find(token: string | undefined): Promise<Session | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const row = await this.#row(parsed.id);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    return this.#isOver(row) ? this.#lapse(row.id) : toSession(row);
  }

  /** The open session of this id, for who may end it in its person's name. */
  async get(id: string): Promise<Session | undefined> {
    const row = await this.#row(id);
    return row?.secretDigest && !this.#isOver(row) ? toSession(row) : undefined;
  }

  /** Pushes the idle limit, never the absolute one nor the code's. Nothing when the session is over. */
  async renew(sessionId: string): Promise<Session | undefined> {
    const now = this.clock.now();
    const idle = shift(now, this.policy.idleMs);
    const renewed = await this.database.execute(
      `UPDATE session SET idleExpiresAt = CASE WHEN expiresAt < ? THEN expiresAt ELSE ? END WHERE id = ? AND ${OPEN}`,
      [idle, idle, sessionId, now, now],
    );
    if (renewed === 0) return undefined;
    const row = await this.database.row<SessionRow>(`SELECT ${SESSION_COLUMNS} FROM session WHERE id = ?`, [
      sessionId,
    ]);
    return row?.secretDigest ? toSession(row) : undefined;
  }

  /**
   * Gives the session a new secret and applies `changes`: for each step-up, so that a token seen before it is worth
   * nothing after. Of several with the same `session` one wins; the others, and one that is over, get nothing.
   */
  async rotate(
    session: Session,
    changes: SessionChanges,
    tx: EntityManager,
  ): Promise<{ session: Session; token: string } | undefined> {
    const now = this.clock.now();
    const token = issueToken(this.random, session.id);
    const idleExpiresAt = earliest(shift(now, this.policy.idleMs), session.expiresAt);
    const next = { ...session, ...given(changes), idleExpiresAt, rotation: session.rotation + 1 };
    const rotated = await rawSql(tx).execute(
      `UPDATE session SET secretDigest = ?, rotation = ?, codeAcceptedAt = ?, codeValidUntilAt = ?, authenticatedAt = ?,
         browserId = ?, amr = ?, idleExpiresAt = ? WHERE id = ? AND rotation = ? AND ${OPEN}`,
      [
        token.secretDigest,
        next.rotation,
        next.codeAcceptedAt,
        next.codeValidUntilAt,
        next.authenticatedAt,
        next.browserId,
        next.amr.join(' '),
        next.idleExpiresAt,
        session.id,
        session.rotation,
        now,
        now,
      ],
    );
    return rotated === 1 ? { session: next, token: token.value } : undefined;
  }

  /** Ends one session, at once and everywhere. Whether it was open. */
  async end(sessionId: string, reason: string, at: EntityManager = this.database.manager): Promise<boolean> {
    return (await rawSql(at).execute(`${END} AND id = ?`, [this.clock.now(), reason, sessionId])) === 1;
  }

  /** Ends one session if it is this person's. Whether it was, and was open. */
  async endOf(
    accountId: string,
    sessionId: string,
    reason: string,
    at: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const params = [this.clock.now(), reason, sessionId, accountId];
    return (await rawSql(at).execute(`${END} AND id = ? AND accountId = ?`, params)) === 1;
  }

  /**
   * Ends every session of the person but `except`: how many. Where nobody else may come in any more (deactivation, a
   * new password), call {@link PendingSignInService.endAll} and {@link TrustedDeviceService.endAll} first in the same transaction:
   * they wait for a sign-in that is just being completed, whose session is then seen here.
   */
  async endAll(
    accountId: string,
    reason: string,
    options: { except?: string },
    tx: EntityManager,
  ): Promise<number> {
    const ids = await chooseRows(tx, 'session', 'accountId = ? AND endedAt IS NULL', [accountId]);
    return this.#end(
      ids.filter((id) => id !== options.except),
      reason,
      tx,
    );
  }

  /** The open sessions of the person, newest first. */
  async list(accountId: string): Promise<Session[]> {
    const now = this.clock.now();
    const sql = `SELECT ${SESSION_COLUMNS} FROM session WHERE accountId = ? AND ${OPEN} ORDER BY id DESC`;
    return (await this.database.rows<SessionRow>(sql, [accountId, now, now])).map(toSession);
  }

  /**
   * Gives the person's open sessions their new name, roles or structure. Sign-ins in progress keep the old ones:
   * where that matters (a role was taken away), call {@link PendingSignInService.endAll} first in the same transaction.
   */
  async refreshPrincipal(principal: Principal, tx: EntityManager): Promise<void> {
    const { accountId } = principal;
    const ids = await chooseRows(tx, 'session', 'accountId = ? AND endedAt IS NULL', [accountId]);
    const sql = 'UPDATE session SET principal = ? WHERE secretDigest IS NOT NULL';
    await changeRows(tx, sql, [JSON.stringify(principal)], ids);
  }

  /** Deletes every session of a person who is erased, open or over: each holds their name and where they were. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute('DELETE FROM session WHERE accountId = ?', [accountId]);
  }

  /** Ends what has lapsed and deletes what ended long ago, at most `batch` of each: how many rows changed. */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    return (
      (await this.#endLapsed(now, batch)) + (await this.#delete(shift(now, -this.policy.retentionMs), batch))
    );
  }

  async #makeRoom({ principal }: NewSession, now: Date, tx: EntityManager): Promise<void> {
    const surplus = await sessionsOverLimit(principal.accountId, this.policy.maxSessions, now, tx);
    await this.#end(surplus, 'too-many', tx);
  }

  async #endLapsed(now: Date, batch: number): Promise<number> {
    const lapsed = 'idleExpiresAt <= ?';
    const ids = await chooseRows(
      this.database.manager,
      'session',
      `endedAt IS NULL AND ${lapsed}`,
      [now],
      batch,
    );
    return changeRows(this.database.manager, `${END} AND ${lapsed}`, [now, 'expired', now], ids);
  }

  async #delete(endedBefore: Date, batch: number): Promise<number> {
    const ids = await chooseRows(this.database.manager, 'session', 'endedAt < ?', [endedBefore], batch);
    return changeRows(this.database.manager, 'DELETE FROM session WHERE secretDigest IS NULL', [], ids);
  }

  #end(ids: string[], reason: string, at: EntityManager): Promise<number> {
    return changeRows(at, END, [this.clock.now(), reason], ids);
  }

  /** Each member by its name: spread or rest would make every session an object of a shape of its own to the engine. */
  #begin(id: string, request: NewSession, now: Date): Session {
    const expiresAt = shift(now, this.policy.absoluteMs);
    return {
      id,
      accountId: request.principal.accountId,
      principal: request.principal,
      means: request.means,
      acr: request.acr,
      amr: request.amr,
      activity: request.activity ?? null,
      signedInAt: now,
      codeAcceptedAt: request.codeAcceptedAt,
      codeValidUntilAt: request.codeValidUntilAt,
      authenticatedAt: now,
      idleExpiresAt: earliest(shift(now, this.policy.idleMs), expiresAt),
      expiresAt,
      browserId: request.browserId,
      device: request.device,
      rotation: 0,
    };
  }

  #row(id: string): Promise<SessionRow | undefined> {
    return this.database.row<SessionRow>(`SELECT ${SESSION_COLUMNS} FROM session WHERE id = ?`, [id]);
  }

  #isOver(row: SessionRow): boolean {
    const now = this.clock.now();
    return row.idleExpiresAt <= now || row.expiresAt <= now;
  }

  // Written down, so that no server whose clock is behind takes it for open again.
  async #lapse(id: string): Promise<undefined> {
    const now = this.clock.now();
    await this.database
      .execute(`${END} AND id = ? AND (idleExpiresAt <= ? OR expiresAt <= ?)`, [now, 'expired', id, now, now])
      .catch(() => undefined);
  }
}

// An undefined that slipped through must not become a null: for a code's limit that means "never needed".
function given(changes: SessionChanges): SessionChanges {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}

function earliest(one: Date, other: Date): Date {
  return one < other ? one : other;
}
