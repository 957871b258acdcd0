import { Injectable } from '@nestjs/common';
import { AppError, Clock, lowestId, Random } from '@portillon/kernel';
import { Database, SqlValue, Statements } from '@portillon/persistence';
import type { AuditEntry, AuditEvent, AuditPage } from './audit-event';
import type { AuditEventEntity } from './audit-event.entity';
import { LineGroup } from './line-group';
import { journalData, journalText } from './journal.text';

const COLUMNS = [
  'id',
  'happenedAt',
  'name',
  'outcome',
  'accountId',
  'actorId',
  'structureId',
  'means',
  'channel',
  'address',
  'device',
  'requestId',
  'reason',
  'data',
] as const satisfies (keyof AuditEventEntity)[];

const INSERT = `INSERT INTO auditEvent (${COLUMNS.join(', ')}) VALUES`;
const LINE = `(${COLUMNS.map(() => '?').join(', ')})`;
const SELECT = `SELECT ${COLUMNS.join(', ')} FROM auditEvent`;
const CURSOR_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Longest page. */
const MOST = 100;

/** The journal: lines are added and read, and purged once they are old. Nothing changes one. */
@Injectable()
export class Audit {
  readonly #alone: LineGroup;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {
    this.#alone = new LineGroup((lines) => insert(lines, this.database));
  }

  /** Writes one line. Outside a transaction, as by default, it stays whatever the caller rolls back. */
  async record(event: AuditEvent, at: Statements = this.database): Promise<void> {
    const line = this.#line(event);
    if (at === this.database) await this.#alone.add(line);
    else await insert([line], at);
  }

  /**
   * What concerns an account, newest first, from the line after `cursor` on. `limit` from 1 to 100.
   * @throws AppError `validation.failed` when the cursor is none that a page gave.
   */
  async ofAccount(accountId: string, page: { cursor?: string; limit: number }): Promise<AuditPage> {
    if (page.cursor !== undefined && !CURSOR_TEXT.test(page.cursor)) throw unknownCursor();
    const limit = Math.min(Math.max(1, page.limit), MOST);
    const older = page.cursor === undefined ? '' : ' AND id < ?';
    const params = page.cursor === undefined ? [accountId] : [accountId, page.cursor];
    const sql = `${SELECT} WHERE accountId = ?${older} ORDER BY id DESC LIMIT ${limit + 1}`;
    return toPage(await this.database.rows<AuditEventEntity>(sql, params), limit);
  }

  /** Deletes up to `batch` of the oldest lines written before `olderThan`: how many. */
  async purge(olderThan: Date, batch: number): Promise<number> {
    const oldest = `SELECT id FROM auditEvent WHERE id < ? ORDER BY id LIMIT ${batch}`;
    const sql = `SELECT MAX(id) AS lastId FROM (${oldest}) old`;
    const found = await this.database.row<{ lastId: string | null }>(sql, [lowestId(olderThan)]);
    if (!found?.lastId) return 0;
    return this.database.execute('DELETE FROM auditEvent WHERE id <= ?', [found.lastId]);
  }

  #line(event: AuditEvent): SqlValue[] {
    return [
      this.random.id(),
      this.clock.now(),
      journalText(event.name, 64),
      event.outcome,
      journalText(event.accountId, 64),
      journalText(event.actorId, 64),
      journalText(event.structureId, 64),
      journalText(event.means, 32),
      journalText(event.channel, 16),
      journalText(event.address, 64),
      journalText(event.device, 256),
      journalText(event.requestId, 64),
      journalText(event.reason, 128),
      journalData(event.data),
    ];
  }
}

function insert(lines: SqlValue[][], at: Statements): Promise<number> {
  return at.execute(`${INSERT} ${lines.map(() => LINE).join(', ')}`, lines.flat());
}

function toPage(rows: AuditEventEntity[], limit: number): AuditPage {
  const items = rows.slice(0, limit).map(toEntry);
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null };
}

function toEntry({ happenedAt, data, ...rest }: AuditEventEntity): AuditEntry {
  return {
    ...rest,
    at: happenedAt,
    data: data === null ? null : (JSON.parse(data) as Record<string, unknown>),
  };
}

function unknownCursor(): AppError {
  const errors = [{ field: 'cursor', code: 'cursor.unknown', message: 'Not a cursor that a page gave.' }];
  return new AppError('validation.failed', 'invalid', { errors });
}
