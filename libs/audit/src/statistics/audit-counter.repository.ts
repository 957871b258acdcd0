import { Column, Entity, PrimaryColumn, EntityManager, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isEmbedded, ReportsDatabase } from '@portillon/persistence';

/**
 * Number of events in a structure, or at an application, on a day. Lines are counted in the transaction that seals
 * them. Refusals of an application without a line in the journal are counted immediately.
 */
@Entity('auditCounter')
export class AuditCounterEntity {
  /** Id of the structure, `*` for all together, empty for lines without one; or `application:` and its id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  structureId!: string;

  /** `2026-11-24`, of the calendar of Europe/Paris. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  day!: string;

  @PrimaryColumn({ type: 'varchar', length: 32 })
  metric!: string;

  /** Empty where there is none. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  means!: string;

  /** Empty where there is none. */
  @PrimaryColumn({ type: 'varchar', length: 16 })
  channel!: string;

  @Column({ type: 'int' })
  total!: number;
}

/** Sum of one period, as the engine returns it: servers return decimals as texts. */
export interface PeriodCounter {
  period: string;
  metric: string;
  means: string;
  channel: string;
  total: number | string;
}

/** Sum of one structure or application over several days. */
export interface PlaceCounter {
  place: string;
  metric: string;
  total: number | string;
}

/** The same with its last day. */
export interface LatestCounter extends PlaceCounter {
  lastDay: string;
}

const KEY = ['structureId', 'day', 'metric', 'means', 'channel'] as const;
const COLUMNS = [...KEY, 'total'] as const;
const PLACES = `(${COLUMNS.map(() => '?').join(', ')})`;
/** Counters of one statement: the embedded engine accepts 32,766 values. */
const RAISED_AT_ONCE = 500;

/** Counters of the journal. Sums are read from the database of the reports. */
@Injectable()
export class AuditCounterRepository extends EntityRepository<AuditCounterEntity> {
  constructor(
    @InjectRepository(AuditCounterEntity) counters: Repository<AuditCounterEntity>,
    private readonly reports: ReportsDatabase,
  ) {
    super(counters);
  }

  /**
   * Adds `counts` to the counters, which start at 0. They are sorted by key, so that concurrent calls do not deadlock.
   * A raw upsert, since TypeORM's overwrites and cannot add.
   */
  async raise(counts: readonly AuditCounterEntity[], tx?: EntityManager): Promise<void> {
    const rows = this.of(tx);
    const add = isEmbedded(rows.manager)
      ? `ON CONFLICT (${KEY.join(', ')}) DO UPDATE SET total = total + excluded.total`
      : 'ON DUPLICATE KEY UPDATE total = total + VALUES(total)';
    for (let first = 0; first < counts.length; first += RAISED_AT_ONCE) {
      const some = counts.slice(first, first + RAISED_AT_ONCE);
      const places = some.map(() => PLACES).join(', ');
      const values = some.flatMap((count) => COLUMNS.map((name) => count[name]));
      const into = `${rows.metadata.tableName} (${COLUMNS.join(', ')})`;
      await rows.query(`INSERT INTO ${into} VALUES ${places} ${add}`, values);
    }
  }

  /** Sums by period over these structures or applications. `characters`: length of the period in the day, 10 for a day, 7 for a month. */
  async findSums(
    places: readonly string[],
    from: string,
    to: string,
    characters: 7 | 10,
  ): Promise<PeriodCounter[]> {
    const period = `SUBSTR(counter.day, 1, ${characters})`;
    return this.of(await this.reports.manager())
      .createQueryBuilder('counter')
      .select(period, 'period')
      .addSelect('counter.metric', 'metric')
      .addSelect('counter.means', 'means')
      .addSelect('counter.channel', 'channel')
      .addSelect('SUM(counter.total)', 'total')
      .where('counter.structureId IN (:...places)', { places })
      .andWhere('counter.day BETWEEN :from AND :to', { from, to })
      .groupBy(period)
      .addGroupBy('counter.metric')
      .addGroupBy('counter.means')
      .addGroupBy('counter.channel')
      .getRawMany<PeriodCounter>();
  }

  /** Sums over the days of each of these structures or applications, and the last day of each. */
  async findSumsOf(places: readonly string[], from: string, to: string): Promise<LatestCounter[]> {
    if (places.length === 0) return [];
    return this.of(await this.reports.manager())
      .createQueryBuilder('counter')
      .select('counter.structureId', 'place')
      .addSelect('counter.metric', 'metric')
      .addSelect('SUM(counter.total)', 'total')
      .addSelect('MAX(counter.day)', 'lastDay')
      .where('counter.structureId IN (:...places)', { places })
      .andWhere('counter.day BETWEEN :from AND :to', { from, to })
      .groupBy('counter.structureId')
      .addGroupBy('counter.metric')
      .getRawMany<LatestCounter>();
  }

  /** Sums over the days of each key that begins with `beginning`. */
  async findSumsByPlace(beginning: string, from: string, to: string): Promise<PlaceCounter[]> {
    return this.of(await this.reports.manager())
      .createQueryBuilder('counter')
      .select('counter.structureId', 'place')
      .addSelect('counter.metric', 'metric')
      .addSelect('SUM(counter.total)', 'total')
      .where('counter.structureId LIKE :beginning', { beginning: `${beginning}%` })
      .andWhere('counter.day BETWEEN :from AND :to', { from, to })
      .groupBy('counter.structureId')
      .addGroupBy('counter.metric')
      .getRawMany<PlaceCounter>();
  }
}
