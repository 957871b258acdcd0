import { Inject, Injectable } from '@nestjs/common';
import { Clock, DAY, issueToken, parseToken, Random, secretMatches, shift } from '@portillon/kernel';
import { Database, isUniqueViolation, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { RECOVERY_OPTIONS } from './credential.options';
import type { RecoveryOptions } from './recovery.options';

/** What a token is good for; one of a kind is refused for the other. */
export type AccountTokenKind = 'INVITATION' | 'PASSWORD_RESET';

interface TokenRow {
  id: string;
  accountId: string;
  secretDigest: string | null;
  expiresAt: Date;
}

const RENEW = `UPDATE accountToken SET id = ?, secretDigest = ?, issuedAt = ?, expiresAt = ?
  WHERE accountId = ? AND kind = ?`;
const INSERT = `INSERT INTO accountToken (id, secretDigest, issuedAt, expiresAt, accountId, kind)
  VALUES (?, ?, ?, ?, ?, ?)`;
const WIPE = 'UPDATE accountToken SET secretDigest = NULL WHERE secretDigest IS NOT NULL';
/** Policy, « Retention »: codes and what is like them. */
const KEPT_MS = DAY;

/** The links that let somebody choose a password: good once, for a time, for one person. */
@Injectable()
export class AccountTokenService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    @Inject(RECOVERY_OPTIONS) private readonly options: RecoveryOptions,
  ) {}

  /** A new token, `id.secret`, given once and stored nowhere; the earlier one of the same kind is void. */
  async issue(kind: AccountTokenKind, accountId: string, tx: EntityManager): Promise<string> {
    const token = issueToken(this.random);
    const now = this.clock.now();
    const values = [token.id, token.secretDigest, now, this.expiry(kind, now), accountId, kind];
    if ((await rawSql(tx).execute(RENEW, values)) === 0) await this.#insert(values, tx);
    return token.value;
  }

  /** Until when a token that is issued at `from` is good. */
  expiry(kind: AccountTokenKind, from: Date): Date {
    const { invitationMs, passwordResetMs } = this.options;
    return shift(from, kind === 'INVITATION' ? invitationMs : passwordResetMs);
  }

  /** Whose token this is, while it is good. Uses nothing up: {@link use} does. Any text is answered. */
  async find(kind: AccountTokenKind, token: string): Promise<string | undefined> {
    return (await this.#good(kind, token, this.database.manager))?.accountId;
  }

  /** Uses the token up and says whose it was. Of all who try, one gets it; the others get nothing. */
  async use(kind: AccountTokenKind, token: string, tx: EntityManager): Promise<string | undefined> {
    const row = await this.#good(kind, token, tx);
    if (!row) return undefined;
    const guard = 'AND id = ? AND secretDigest = ? AND expiresAt > ?';
    const used = await rawSql(tx).execute(`${WIPE} ${guard}`, [row.id, row.secretDigest, this.clock.now()]);
    return used === 1 ? row.accountId : undefined;
  }

  /** Voids every token of the person: for a deactivation, an erasure, a new password. */
  async voidAll(accountId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute(`${WIPE} AND accountId = ?`, [accountId]);
  }

  /** Deletes at most `batch` that expired a day ago: how many. */
  async purge(batch: number): Promise<number> {
    const limit = shift(this.clock.now(), -KEPT_MS);
    const oldest = `SELECT id FROM accountToken WHERE expiresAt < ? ORDER BY expiresAt LIMIT ${Math.trunc(batch)}`;
    const sql = `DELETE FROM accountToken WHERE id IN (SELECT id FROM (${oldest}) AS doomed) AND expiresAt < ?`;
    return this.database.execute(sql, [limit, limit]);
  }

  /** A twin of the request may have come first: then the later token is the one that holds. */
  async #insert(values: SqlValue[], tx: EntityManager): Promise<void> {
    try {
      await rawSql(tx).execute(INSERT, values);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      await rawSql(tx).execute(RENEW, values);
    }
  }

  async #good(kind: AccountTokenKind, token: string, at: EntityManager): Promise<TokenRow | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const sql = 'SELECT id, accountId, secretDigest, expiresAt FROM accountToken WHERE id = ? AND kind = ?';
    const row = await rawSql(at).row<TokenRow>(sql, [parsed.id, kind]);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    return row.expiresAt > this.clock.now() ? row : this.#lapse(row, at);
  }

  /** Written down, so that no clock that steps back revives it. */
  async #lapse(row: TokenRow, at: EntityManager): Promise<undefined> {
    await rawSql(at).execute(`${WIPE} AND id = ? AND expiresAt <= ?`, [row.id, this.clock.now()]);
  }
}
