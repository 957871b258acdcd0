import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isEmbedded } from '@portillon/persistence';
import {
  And,
  EntityManager,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThan,
  Not,
  Repository,
  SelectQueryBuilder,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `notice`: notices that are due, or that were sent within the hour. */
@Entity('notice')
@Index('noticeDue', ['dueAt', 'quietUntilAt'])
export class NoticeEntity {
  /** Keyed digest of the person, the kind and the topic. */
  @PrimaryColumn({ type: 'varchar', length: 100 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  subjectId!: string;

  @Column({ type: 'varchar', length: 32 })
  kind!: string;

  /** Number of occurrences since the last message. */
  @Column({ type: 'int' })
  occurrences!: number;

  /** Details of the latest occurrence; deleted when it is sent. */
  @Column({ type: 'text', nullable: true })
  sealedDetails!: string | null;

  /** Id of the key that encrypted them. */
  @Column({ type: 'varchar', length: 32 })
  keyId!: string;

  @Column({ type: 'datetime', precision: 3 })
  firstAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  latestAt!: Date;

  /** When it must be sent; null when there is nothing to send. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  dueAt!: Date | null;

  /** Not sent again before this time. */
  @Column({ type: 'datetime', precision: 3 })
  quietUntilAt!: Date;
}

/**
 * Selects notices that this instance may send: due at `now`, and either encrypted with one of its keys or due since
 * `awaited`.
 */
export interface Due {
  now: Date;
  keyIds: string[];
  awaited: Date;
}

/** The table `notice`. */
@Injectable()
export class NoticeRepository extends EntityRepository<NoticeEntity> {
  constructor(@InjectRepository(NoticeEntity) rows: Repository<NoticeEntity>) {
    super(rows);
  }

  /**
   * Inserts each notice, or counts it on the waiting one with the same id. One statement, so that concurrent calls
   * make one notice. It is SQL because TypeORM's upsert overwrites and cannot add.
   */
  async record(notices: NoticeEntity[], tx: EntityManager): Promise<void> {
    const insert = this.of(tx).createQueryBuilder().insert().values(notices).updateEntity(false);
    const [text, values] = insert.getQueryAndParameters();
    const adding = isEmbedded(tx) ? onConflict(this.rows.metadata.tableName) : ON_DUPLICATE_KEY;
    await tx.query(`${text} ${adding}`, values);
  }

  /** Locks the longest due notices, at most `batch`, for this transaction; skips those locked by another instance. */
  lockDue(due: Due, batch: number, tx: EntityManager): Promise<NoticeEntity[]> {
    const query = this.#due(due, tx).orderBy('notice.dueAt').limit(batch);
    // The embedded engine has one transaction at a time.
    if (!isEmbedded(tx)) query.setLock('pessimistic_write').setOnLocked('skip_locked');
    return query.getMany();
  }

  /** Starts the quiet time of due notices and deletes their details. Returns how many they were. */
  async startQuiet(ids: string[], now: Date, quietUntilAt: Date, tx: EntityManager): Promise<number> {
    const guard = { id: In(ids), dueAt: LessThanOrEqual(now) };
    const quiet = { dueAt: null, sealedDetails: null, quietUntilAt };
    return (await this.of(tx).update(guard, quiet)).affected ?? 0;
  }

  hasDue(due: Due): Promise<boolean> {
    return this.#due(due).getExists();
  }

  /** Number of due notices that another key encrypted and that still wait for an instance with that key. */
  countUnreadable({ now, keyIds, awaited }: Due): Promise<number> {
    const dueAt = And(LessThanOrEqual(now), MoreThan(awaited));
    return this.of().countBy({ dueAt, keyId: Not(In(keyIds)) });
  }

  async erase(subjectId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ subjectId });
  }

  /** Deletes at most `batch` notices whose quiet time is over and that have nothing to send. Returns how many. */
  deleteQuiet(now: Date, batch: number): Promise<number> {
    const over = { dueAt: IsNull(), quietUntilAt: LessThanOrEqual(now) };
    return this.deleteOldest(over, { quietUntilAt: 'ASC' }, batch);
  }

  #due(due: Due, tx?: EntityManager): SelectQueryBuilder<NoticeEntity> {
    return this.of(tx)
      .createQueryBuilder('notice')
      .where('notice.dueAt <= :now', due)
      .andWhere('(notice.keyId IN (:...keyIds) OR notice.dueAt <= :awaited)', due);
  }
}

const onConflict = (table: string) =>
  `ON CONFLICT (id) DO UPDATE SET ${updates(`${table}.`, (name) => `excluded.${name}`)}`;
const ON_DUPLICATE_KEY = `ON DUPLICATE KEY UPDATE ${updates('', (name) => `VALUES(${name})`)}`;

// MySQL and MariaDB assign from left to right, so `dueAt`, which the others read, is changed last.
function updates(own: string, given: (name: string) => string): string {
  const waits = `${own}dueAt IS NOT NULL`;
  return [
    `occurrences = CASE WHEN ${waits} THEN ${own}occurrences + 1 ELSE 1 END`,
    `firstAt = CASE WHEN ${waits} THEN ${own}firstAt ELSE ${given('firstAt')} END`,
    `sealedDetails = ${given('sealedDetails')}`,
    `keyId = ${given('keyId')}`,
    `latestAt = ${given('latestAt')}`,
    `dueAt = CASE WHEN ${waits} THEN ${own}dueAt
      WHEN ${own}quietUntilAt > ${given('latestAt')} THEN ${own}quietUntilAt ELSE ${given('latestAt')} END`,
  ].join(', ');
}
