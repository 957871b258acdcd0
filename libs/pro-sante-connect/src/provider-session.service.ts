import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Clock,
  HOUR,
  issueToken,
  Keyring,
  MINUTE,
  parseToken,
  Random,
  secretMatches,
  shift,
} from '@portillon/kernel';
import { Database, isUniqueViolation, rawSql } from '@portillon/persistence';
import type { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import type { Identity } from './activity-choice.service';
import { purgeExpired } from './purge';

const SEALED = 'psc-id-token';
/** Longer than a logout token may be old, and than a sign-in may last. */
const LOGOUT_KEPT_MS = HOUR;
/** As long as the page that offers it is likely to be read. */
const TURNED_AWAY_MS = 15 * MINUTE;

/** What PSC and we both call a session: so that its end is told from one to the other. */
@Injectable()
export class ProviderSessionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly keyring: Keyring,
  ) {}

  async keep(session: Session, identity: Identity, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute(
      'INSERT INTO pscSession (sessionId, subject, sid, idTokenSealed, expiresAt) VALUES (?, ?, ?, ?, ?)',
      [
        session.id,
        identity.subject,
        identity.sid,
        this.keyring.seal(SEALED, identity.idToken, this.random),
        session.expiresAt,
      ],
    );
  }

  /** As {@link keep}, for a session that may have been at PSC before. */
  async keepAnew(session: Session, identity: Identity, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute('DELETE FROM pscSession WHERE sessionId = ?', [session.id]);
    await this.keep(session, identity, tx);
  }

  /** For who was proved and may not enter: a token to end their session at PSC with. */
  async keepTurnedAway({ subject, idToken }: Identity): Promise<string> {
    const token = issueToken(this.random);
    const sealed = this.keyring.seal(SEALED, idToken, this.random);
    const until = shift(this.clock.now(), TURNED_AWAY_MS);
    await this.database.execute(
      'INSERT INTO pscSession (sessionId, subject, idTokenSealed, signOutDigest, expiresAt) VALUES (?, ?, ?, ?, ?)',
      [token.id, subject, sealed, token.secretDigest, until],
    );
    return token.value;
  }

  /** For one sign-out at PSC: a token for the browser, nothing when the session is none of PSC's. */
  async beginSignOut(sessionId: string): Promise<string | undefined> {
    const token = issueToken(this.random, sessionId);
    const sql = 'UPDATE pscSession SET signOutDigest = ? WHERE sessionId = ?';
    return (await this.database.execute(sql, [token.secretDigest, sessionId])) === 1
      ? token.value
      : undefined;
  }

  /** The id_token that tells PSC whom to sign out. Given once: nothing is kept of it after. */
  async takeIdToken(signOutToken: string | undefined): Promise<string | undefined> {
    const parsed = parseToken(signOutToken);
    if (!parsed) return undefined;
    const sql = 'SELECT idTokenSealed, signOutDigest FROM pscSession WHERE sessionId = ?';
    const row = await this.database.row<{ idTokenSealed: string; signOutDigest: string | null }>(sql, [
      parsed.id,
    ]);
    if (!row || !secretMatches(parsed.secret, row.signOutDigest)) return undefined;
    const remove = 'DELETE FROM pscSession WHERE sessionId = ? AND signOutDigest = ?';
    const removed = await this.database.execute(remove, [parsed.id, row.signOutDigest]);
    return removed === 1 ? this.keyring.open(SEALED, row.idTokenSealed) : undefined;
  }

  /** The sessions that PSC means: of one of its sessions, or all of a person where it names none. */
  async named(by: { sid: string | null; subject: string | null }): Promise<string[]> {
    const [column, value] = by.sid === null ? ['subject', by.subject] : ['sid', by.sid];
    const guard = by.sid !== null && by.subject !== null ? ' AND subject = ?' : '';
    const sql = `SELECT sessionId FROM pscSession WHERE ${column} = ?${guard}`;
    const rows = await this.database.rows<{ sessionId: string }>(
      sql,
      guard ? [value!, by.subject!] : [value!],
    );
    return rows.map((row) => row.sessionId);
  }

  /** Takes note of a logout token, once: false when it was seen before. */
  async note(jti: string, sid: string | null): Promise<boolean> {
    const values = [logoutId(jti), sid, shift(this.clock.now(), LOGOUT_KEPT_MS)];
    try {
      await this.database.execute('INSERT INTO pscLogout (id, sid, expiresAt) VALUES (?, ?, ?)', values);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  /** Takes the note back, so that PSC may send the token again: what it asked for could not be done. */
  async unnote(jti: string): Promise<void> {
    await this.database.execute('DELETE FROM pscLogout WHERE id = ?', [logoutId(jti)]);
  }

  /** Whether PSC has ended this session of its own meanwhile. */
  async endedThere(sid: string | null): Promise<boolean> {
    if (sid === null) return false;
    return (await this.database.row('SELECT sid FROM pscLogout WHERE sid = ?', [sid])) !== undefined;
  }

  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    return (
      (await purgeExpired(this.database, 'pscSession', 'sessionId', now, batch)) +
      (await purgeExpired(this.database, 'pscLogout', 'id', now, batch))
    );
  }
}

function logoutId(jti: string): string {
  return createHash('sha256').update(jti).digest('hex');
}
