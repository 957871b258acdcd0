import { Injectable } from '@nestjs/common';
import { Clock, DAY, nameKey, Random, SECOND, shift } from '@portillon/kernel';
import { Database, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { fromCursor, pageSize, toCursor } from '../account-page';
import type { Account } from '../account.types';
import type { AccountImportEntity, AccountImportLineEntity } from './account-import.entity';
import {
  AccountImport,
  AT_WORK,
  ImportContent,
  ImportLease,
  ImportLine,
  ImportOrder,
  ImportState,
  LINE_STATES,
  LineChange,
  LineState,
} from './account-import.types';

/** A worker who says nothing for so long is dead. */
const LEASE_MS = 30 * SECOND;
/** The lines name people: no longer than they are of use. */
const KEPT_MS = 30 * DAY;
const LONGEST_NAME_KEY = 192;
const LONGEST_NATIONAL_ID = 32;

/** MySQL assigns from left to right: the state is read before it changes. */
const FORGET = `UPDATE accountImportLine SET content = '{"username":"","email":"","displayName":""}', usernameKey = '', nationalId = NULL,
  problems = CASE WHEN state IN ('NEW', 'GOOD') THEN '[{"field":"username","code":"format"}]' ELSE problems END,
  state = CASE WHEN state IN ('NEW', 'GOOD') THEN 'BAD' ELSE state END`;

type ForgottenPerson = Pick<Account, 'id' | 'username' | 'nationalId'>;

/** Imports of accounts: what was read, what became of each line, and who works on it. */
@Injectable()
export class AccountImportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async begin(order: ImportOrder): Promise<string> {
    const id = this.random.id();
    const now = this.clock.now();
    const { mode, whenInterrupted, dryRun, actorId, structureId } = order;
    await this.database.execute(
      `INSERT INTO accountImport (id, state, mode, whenInterrupted, dryRun, actorId, structureId, total, createdAt, changedAt)
       VALUES (?, 'READING', ?, ?, ?, ?, ?, 0, ?, ?)`,
      [id, mode, whenInterrupted, dryRun ? 1 : 0, actorId, structureId, now, now],
    );
    return id;
  }

  /** Keeps lines as they were read. */
  async add(id: string, lines: readonly { line: number; content: ImportContent }[]): Promise<void> {
    if (lines.length === 0) return;
    const values = lines.flatMap(({ line, content }): SqlValue[] => [
      id,
      line,
      nameKey(content.username).slice(0, LONGEST_NAME_KEY),
      content.nationalId?.slice(0, LONGEST_NATIONAL_ID) ?? null,
      JSON.stringify(content),
    ]);
    const marks = lines.map(() => "(?, ?, 'NEW', ?, ?, ?)").join(', ');
    await this.database.execute(
      `INSERT INTO accountImportLine (importId, line, state, usernameKey, nationalId, content) VALUES ${marks}`,
      values,
    );
  }

  /** The file was read to its end, or not: whoever works next checks it, or nothing happens. */
  async end(id: string, state: 'CHECKING' | 'ABANDONED', total: number): Promise<void> {
    const sql =
      "UPDATE accountImport SET state = ?, total = ?, changedAt = ? WHERE id = ? AND state = 'READING'";
    await this.database.execute(sql, [state, total, this.clock.now(), id]);
  }

  /** Moves it on from one of `from`, when nobody did meanwhile. The one who works on it finds out at the next step. */
  async move(
    id: string,
    from: readonly ImportState[],
    to: ImportState,
    at: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const marks = from.map(() => '?').join(', ');
    const sql = `UPDATE accountImport SET state = ?, changedAt = ?, leaseId = NULL, leaseUntilAt = NULL
      WHERE id = ? AND state IN (${marks})`;
    return (await rawSql(at).execute(sql, [to, this.clock.now(), id, ...from])) === 1;
  }

  /** An import that has work and no worker, for this caller alone; the oldest first. */
  async lease(): Promise<ImportLease | undefined> {
    const now = this.clock.now();
    const free = '(leaseUntilAt IS NULL OR leaseUntilAt <= ?)';
    const marks = AT_WORK.map(() => '?').join(', ');
    const found = await this.database.row<Pick<AccountImportEntity, 'id' | 'state' | 'leaseId'>>(
      `SELECT id, state, leaseId FROM accountImport WHERE state IN (${marks}) AND ${free} ORDER BY id LIMIT 1`,
      [...AT_WORK, now],
    );
    if (!found) return undefined;
    const leaseId = this.random.id();
    const sql = `UPDATE accountImport SET leaseId = ?, leaseUntilAt = ? WHERE id = ? AND state = ? AND ${free}`;
    const taken = await this.database.execute(sql, [
      leaseId,
      shift(now, LEASE_MS),
      found.id,
      found.state,
      now,
    ]);
    if (taken === 0) return undefined;
    const interrupted = found.leaseId !== null;
    return { id: found.id, leaseId, state: found.state as ImportState, interrupted };
  }

  /** Whether the import is still this worker's: the first statement of every step, which it holds until the end. */
  async hold({ id, leaseId, state }: ImportLease, tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const sql = `UPDATE accountImport SET leaseUntilAt = ?, changedAt = ? WHERE id = ? AND leaseId = ? AND state = ?`;
    return (await rawSql(tx).execute(sql, [shift(now, LEASE_MS), now, id, leaseId, state])) === 1;
  }

  /** The work of this state is done: on to the next, with nobody's hand on it. */
  async finish({ id, leaseId, state }: ImportLease, next: ImportState, tx: EntityManager): Promise<boolean> {
    const sql = `UPDATE accountImport SET state = ?, leaseId = NULL, leaseUntilAt = NULL, changedAt = ?
      WHERE id = ? AND leaseId = ? AND state = ?`;
    return (await rawSql(tx).execute(sql, [next, this.clock.now(), id, leaseId, state])) === 1;
  }

  /** Lets go of it without having finished. */
  async release({ id, leaseId }: ImportLease): Promise<void> {
    const sql = 'UPDATE accountImport SET leaseId = NULL, leaseUntilAt = NULL WHERE id = ? AND leaseId = ?';
    await this.database.execute(sql, [id, leaseId]);
  }

  /** What was ordered, without a count of the lines: a step needs none, and counting grows with the file. */
  async ordered(id: string, at: EntityManager): Promise<ImportOrder & { id: string }> {
    const row = (await rawSql(at).row<AccountImportEntity>('SELECT * FROM accountImport WHERE id = ?', [
      id,
    ]))!;
    return orderOf(row);
  }

  async get(id: string, at: EntityManager = this.database.manager): Promise<AccountImport | undefined> {
    const row = await rawSql(at).row<AccountImportEntity>('SELECT * FROM accountImport WHERE id = ?', [id]);
    return row && this.#whole(row, at);
  }

  /** The latest first, of one structure or of all. */
  async list(page: {
    structureId: string | null;
    cursor?: string;
    limit: number;
  }): Promise<{ items: AccountImport[]; nextCursor: string | null }> {
    const limit = pageSize(page.limit);
    const conditions: [string, SqlValue[]][] = [];
    if (page.structureId !== null) conditions.push(['structureId = ?', [page.structureId]]);
    if (page.cursor !== undefined) conditions.push(['id < ?', fromCursor(page.cursor, 1)]);
    const where = conditions.length ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
    const sql = `SELECT * FROM accountImport ${where} ORDER BY id DESC LIMIT ${limit + 1}`;
    const rows = await this.database.rows<AccountImportEntity>(
      sql,
      conditions.flatMap(([, values]) => values),
    );
    const items: AccountImport[] = [];
    for (const row of rows.slice(0, limit)) items.push(await this.#whole(row, this.database.manager));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? toCursor(last.id) : null };
  }

  /** Lines in the order of the file, of these states or of all, after line `after`. */
  async lines(
    id: string,
    page: { states?: readonly LineState[]; after?: number; limit: number },
    at: EntityManager = this.database.manager,
  ): Promise<ImportLine[]> {
    const states = page.states ?? [];
    const among = states.length ? ` AND state IN (${states.map(() => '?').join(', ')})` : '';
    const sql = `SELECT line, state, content, problems, accountId FROM accountImportLine
      WHERE importId = ? AND line > ?${among} ORDER BY line LIMIT ${Math.trunc(page.limit)}`;
    const rows = await rawSql(at).rows<AccountImportLineEntity>(sql, [id, page.after ?? 0, ...states]);
    return rows.map(toLine);
  }

  /** The lines that say the same user name, or the same national id, as an earlier one of the file. */
  async doubles(id: string, lines: readonly ImportLine[], tx: EntityManager): Promise<Set<number>> {
    if (lines.length === 0) return new Set();
    const marks = lines.map(() => '?').join(', ');
    const same = (
      name: string,
    ) => `SELECT l.line FROM accountImportLine l WHERE l.importId = ? AND l.line IN (${marks})
      AND EXISTS (SELECT 1 FROM accountImportLine e WHERE e.importId = l.importId AND e.${name} = l.${name} AND e.line < l.line)`;
    const values = [id, ...lines.map((one) => one.line)];
    const rows = await rawSql(tx).rows<{ line: number }>(
      `${same('usernameKey')} UNION ${same('nationalId')}`,
      [...values, ...values],
    );
    return new Set(rows.map((row) => Number(row.line)));
  }

  /** Notes what became of one line. */
  async change(
    id: string,
    { line, state, problems, accountId }: LineChange,
    tx: EntityManager,
  ): Promise<void> {
    const sql = `UPDATE accountImportLine SET state = ?, problems = COALESCE(?, problems), accountId = COALESCE(?, accountId)
      WHERE importId = ? AND line = ?`;
    const text = problems ? JSON.stringify(problems) : null;
    await rawSql(tx).execute(sql, [state, text, accountId ?? null, id, line]);
  }

  /** Notes that nothing is wrong with these lines. */
  async good(id: string, lines: readonly number[], tx: EntityManager): Promise<void> {
    if (lines.length === 0) return;
    const marks = lines.map(() => '?').join(', ');
    const sql = `UPDATE accountImportLine SET state = 'GOOD' WHERE importId = ? AND line IN (${marks})`;
    await rawSql(tx).execute(sql, [id, ...lines]);
  }

  /** Deletes what is too old, and files that broke off, at most `batch` rows: how many. */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    await this.database.execute(
      "UPDATE accountImport SET state = 'ABANDONED' WHERE state = 'READING' AND changedAt < ?",
      [shift(now, -DAY)],
    );
    let deleted = 0;
    while (deleted < batch) {
      const old = await this.database.row<{ id: string }>(
        'SELECT id FROM accountImport WHERE changedAt < ? ORDER BY id LIMIT 1',
        [shift(now, -KEPT_MS)],
      );
      if (!old) break;
      deleted += await this.#purgeLines(old.id, batch - deleted);
    }
    return deleted;
  }

  /** At most `most` lines of an import, or, once it has none, itself. */
  async #purgeLines(id: string, most: number): Promise<number> {
    const last = (await this.lines(id, { limit: most })).at(-1);
    if (!last) return this.database.execute('DELETE FROM accountImport WHERE id = ?', [id]);
    const sql = 'DELETE FROM accountImportLine WHERE importId = ? AND line <= ?';
    return this.database.execute(sql, [id, last.line]);
  }

  /**
   * Makes every line that tells of this person say nothing: the one that made the account, and those, of any import,
   * that bear its user name or its national id. What has not become an account yet becomes none.
   */
  async forget({ id, username, nationalId }: ForgottenPerson, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute(`${FORGET} WHERE accountId = ?`, [id]);
    for (const job of await rawSql(tx).rows<{ id: string }>('SELECT id FROM accountImport')) {
      await rawSql(tx).execute(`${FORGET} WHERE importId = ? AND usernameKey = ?`, [
        job.id,
        nameKey(username),
      ]);
      if (nationalId)
        await rawSql(tx).execute(`${FORGET} WHERE importId = ? AND nationalId = ?`, [job.id, nationalId]);
    }
  }

  async #whole(row: AccountImportEntity, at: EntityManager): Promise<AccountImport> {
    const sql = 'SELECT state, COUNT(*) AS count FROM accountImportLine WHERE importId = ? GROUP BY state';
    const counts = await rawSql(at).rows<{ state: LineState; count: number }>(sql, [row.id]);
    const none = Object.fromEntries(LINE_STATES.map((state) => [state, 0])) as Record<LineState, number>;
    const lines = { ...none, ...Object.fromEntries(counts.map((one) => [one.state, Number(one.count)])) };
    const { createdAt, changedAt } = row;
    const state = row.state as ImportState;
    return { ...orderOf(row), state, total: Number(row.total), lines, createdAt, changedAt };
  }
}

function orderOf(row: AccountImportEntity): ImportOrder & { id: string } {
  return {
    id: row.id,
    mode: row.mode as ImportOrder['mode'],
    whenInterrupted: row.whenInterrupted as ImportOrder['whenInterrupted'],
    dryRun: Boolean(row.dryRun),
    actorId: row.actorId,
    structureId: row.structureId,
  };
}

function toLine(row: AccountImportLineEntity): ImportLine {
  return {
    line: Number(row.line),
    state: row.state as LineState,
    content: JSON.parse(row.content) as ImportContent,
    problems: row.problems ? (JSON.parse(row.problems) as ImportLine['problems']) : [],
    accountId: row.accountId,
  };
}
