import { Injectable } from '@nestjs/common';
import { Database, dialectOf, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { AuditCounterEntity } from './audit-counter.entity';
import type { LineWords } from './journal.line';
import { dayOf } from './statistics.day';
import { countsOf } from './statistics.rules';

/** All structures together. */
export const EVERYWHERE = '*';

const COLUMNS = ['structureId', 'day', 'metric', 'means', 'channel', 'total'] as const;
/** How many counters one statement raises: the text of the statement is the same for every batch. */
const RAISED_AT_ONCE = 20;
const INSERT = `INSERT INTO auditCounter (${COLUMNS.join(', ')})
  VALUES ${Array.from({ length: RAISED_AT_ONCE }, () => '(?, ?, ?, ?, ?, ?)').join(', ')}`;
const RAISE = `${INSERT} ON DUPLICATE KEY UPDATE total = total + VALUES(total)`;
const RAISE_EMBEDDED = `${INSERT} ON CONFLICT (structureId, day, metric, means, channel)
  DO UPDATE SET total = total + excluded.total`;

/** The statements over the counters. */
@Injectable()
export class AuditCounterRepository {
  constructor(private readonly database: Database) {}

  /** Counts these lines: to be called once for each, in the transaction that seals them. */
  async raise(lines: LineWords[], tx: EntityManager): Promise<void> {
    const counters = summed(lines);
    const sql = dialectOf(tx) === 'sqlite' ? RAISE_EMBEDDED : RAISE;
    const chunks = Array.from({ length: Math.ceil(counters.length / RAISED_AT_ONCE) }, (_, index) =>
      padded(counters.slice(index * RAISED_AT_ONCE, (index + 1) * RAISED_AT_ONCE)),
    );
    await Promise.all(chunks.map((chunk) => rawSql(tx).execute(sql, chunk.flatMap(valuesOf))));
  }

  /** The sums of each period, which is as many characters of the day as given: 10 for a day, 7 for a month. */
  read(structureId: string, from: string, to: string, characters: 7 | 10): Promise<PeriodCounter[]> {
    const sql = `SELECT SUBSTR(day, 1, ${characters}) AS period, metric, means, channel, SUM(total) AS total
      FROM auditCounter WHERE structureId = ? AND day >= ? AND day <= ?
      GROUP BY SUBSTR(day, 1, ${characters}), metric, means, channel`;
    return this.database.rows<PeriodCounter>(sql, [structureId, from, to]);
  }
}

/** A sum, as the engine gives it: of decimals a server makes a text. */
export interface PeriodCounter {
  period: string;
  metric: string;
  means: string;
  channel: string;
  total: number | string;
}

/** In the order of their keys, so that no two who raise some wait for each other. */
function summed(lines: LineWords[]): AuditCounterEntity[] {
  const counters = new Map<string, AuditCounterEntity>();
  for (const line of lines) {
    const day = dayOf(line.happenedAt);
    for (const count of countsOf(line))
      for (const structureId of [line.structureId ?? '', EVERYWHERE])
        add(counters, { structureId, day, ...count, total: 1 });
  }
  return [...counters.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counter]) => counter);
}

function add(counters: Map<string, AuditCounterEntity>, one: AuditCounterEntity): void {
  const key = [one.structureId, one.day, one.metric, one.means, one.channel].join('\n');
  const known = counters.get(key);
  if (known) known.total += one.total;
  else counters.set(key, one);
}

function valuesOf(counter: AuditCounterEntity): SqlValue[] {
  return COLUMNS.map((name) => counter[name]);
}

/** The first counter again, raised by nothing, in the places that are left over. */
function padded(counters: AuditCounterEntity[]): AuditCounterEntity[] {
  const nothing = { ...counters[0]!, total: 0 };
  return [...counters, ...Array.from({ length: RAISED_AT_ONCE - counters.length }, () => nothing)];
}
