import { Injectable } from '@nestjs/common';
import { Database, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { AuditEventEntity } from './audit-event.entity';
import { MarkedLine, WORDS } from './journal.line';
import { SAID, Seal } from './seal';

/** A line and the seal that it says covers it. */
export type SealedLine = MarkedLine & { sealSequence: number | null };
/** Where the reading of lines stands: in the order of the seals, then of the ids. */
export interface LinePlace {
  sealSequence: number;
  id: string;
}

const SEAL_COLUMNS = [...SAID, 'digest', 'signature'] as const;
const SEALS = `SELECT ${SEAL_COLUMNS.join(', ')} FROM auditSeal`;
const INSERT_SEAL = `INSERT INTO auditSeal (${SEAL_COLUMNS.join(', ')})
  VALUES (${SEAL_COLUMNS.map(() => '?').join(', ')})`;
const LINES = `SELECT ${WORDS.join(', ')}, mark, sealSequence FROM auditEvent`;

/** How many lines one statement marks: the text of the statement is the same for every batch. */
const MARKED_AT_ONCE = 50;
// COALESCE, not IS NULL: the server must look the lines up by their ids. By the index of the seals it would look at,
// and wait for, lines that others are writing just now.
const MARK = `UPDATE auditEvent SET sealSequence = ?
  WHERE COALESCE(sealSequence, 0) = 0 AND id IN (${Array.from({ length: MARKED_AT_ONCE }, () => '?').join(', ')})`;

/** The statements over seals and what they cover. */
@Injectable()
export class AuditSealRepository {
  constructor(private readonly database: Database) {}

  head(at: EntityManager = this.database.manager): Promise<Seal | undefined> {
    return rawSql(at).row<Seal>(`${SEALS} ORDER BY sequence DESC LIMIT 1`);
  }

  seals(after: number, limit: number): Promise<Seal[]> {
    return this.database.rows<Seal>(`${SEALS} WHERE sequence > ? ORDER BY sequence LIMIT ${limit}`, [after]);
  }

  /** The oldest lines that no seal covers. */
  unsealed(limit: number, at: EntityManager = this.database.manager): Promise<SealedLine[]> {
    return rawSql(at).rows<SealedLine>(`${LINES} WHERE sealSequence IS NULL ORDER BY id LIMIT ${limit}`);
  }

  /** When the line that has waited longest for its seal was written. */
  async oldestUnsealedAt(): Promise<Date | undefined> {
    const sql = 'SELECT happenedAt FROM auditEvent WHERE sealSequence IS NULL ORDER BY id LIMIT 1';
    return (await this.database.row<Pick<AuditEventEntity, 'happenedAt'>>(sql))?.happenedAt;
  }

  /** Sealed lines in the order of their seals, then of their ids. */
  lines(after: LinePlace, limit: number): Promise<SealedLine[]> {
    const { sealSequence, id } = after;
    // Of one seal's lines those already seen are passed over: a seal has few.
    const sql = `${LINES} WHERE sealSequence >= ? AND (sealSequence > ? OR id > ?)
      ORDER BY sealSequence, id LIMIT ${limit}`;
    return this.database.rows<SealedLine>(sql, [sealSequence, sealSequence, id]);
  }

  linesOf(sequence: number, limit: number): Promise<SealedLine[]> {
    return this.database.rows<SealedLine>(`${LINES} WHERE sealSequence = ? ORDER BY id LIMIT ${limit}`, [
      sequence,
    ]);
  }

  insert(seal: Seal, tx: EntityManager): Promise<number> {
    return rawSql(tx).execute(
      INSERT_SEAL,
      SEAL_COLUMNS.map((name): SqlValue => seal[name]),
    );
  }

  /** Writes the seal's number on its lines: on how many that had none. */
  async mark(seal: Seal, ids: string[], tx: EntityManager): Promise<number> {
    const chunks = Array.from({ length: Math.ceil(ids.length / MARKED_AT_ONCE) }, (_, index) =>
      ids.slice(index * MARKED_AT_ONCE, (index + 1) * MARKED_AT_ONCE),
    );
    const counts = await Promise.all(
      chunks.map((chunk) => rawSql(tx).execute(MARK, [seal.sequence, ...padded(chunk)])),
    );
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** The oldest seals over lines, from the one after `after` on. */
  overLines(after: number, limit: number, tx: EntityManager): Promise<Seal[]> {
    const sql = `${SEALS} WHERE sequence > ? AND lineCount > 0 ORDER BY sequence LIMIT ${limit}`;
    return rawSql(tx).rows<Seal>(sql, [after]);
  }

  deleteLines(from: number, through: number, tx: EntityManager): Promise<number> {
    return rawSql(tx).execute('DELETE FROM auditEvent WHERE sealSequence BETWEEN ? AND ?', [from, through]);
  }
}

/** The last id again in the places that are left over. */
function padded(ids: string[]): string[] {
  return [...ids, ...Array.from({ length: MARKED_AT_ONCE - ids.length }, () => ids.at(-1)!)];
}
