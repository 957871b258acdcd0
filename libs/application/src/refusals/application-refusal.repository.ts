import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { In, LessThan, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationRefusal`: recent refusals of an application's requests; one row for equal ones. */
@Entity('applicationRefusal')
@Index('applicationRefusalLast', ['applicationId', 'lastAt'])
@Index('applicationRefusalAge', ['lastAt'])
export class ApplicationRefusalEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** SHA-256 of code and detail. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'varchar', length: 64 })
  code!: string;

  /** The refused value, such as an unregistered redirect URI: a text of the client, never a secret. */
  @Column({ type: 'varchar', length: 1000 })
  detail!: string;

  @Column({ type: 'int' })
  times!: number;

  @Column({ type: 'datetime', precision: 3 })
  firstAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  lastAt!: Date;
}

/** The table `applicationRefusal`. */
@Injectable()
export class ApplicationRefusalRepository extends EntityRepository<ApplicationRefusalEntity> {
  constructor(@InjectRepository(ApplicationRefusalEntity) rows: Repository<ApplicationRefusalEntity>) {
    super(rows);
  }

  /** Inserts a refusal, or counts it on the equal one. */
  async count(refusal: ApplicationRefusalEntity): Promise<void> {
    if (await this.#countOn(refusal)) return;
    // A concurrent equal request came first.
    if (!(await this.insertNew(refusal))) await this.#countOn(refusal);
  }

  /** Latest first. */
  latest(applicationId: string, limit: number): Promise<ApplicationRefusalEntity[]> {
    return this.of().find({
      where: { applicationId },
      order: { lastAt: 'DESC', digest: 'ASC' },
      take: limit,
    });
  }

  /** Deletes the refusals of the application beyond its `kept` latest. */
  async keepLatest(applicationId: string, kept: number): Promise<void> {
    const older = await this.of().find({
      select: { digest: true },
      where: { applicationId },
      order: { lastAt: 'DESC', digest: 'ASC' },
      skip: kept,
      take: kept,
    });
    if (older.length > 0)
      await this.of().delete({ applicationId, digest: In(older.map((one) => one.digest)) });
  }

  /** Deletes about `batch` refusals last seen before `time`. Returns how many. */
  deleteBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ lastAt: LessThan(time) }, { lastAt: 'ASC' }, batch);
  }

  async #countOn({ applicationId, digest, lastAt }: ApplicationRefusalEntity): Promise<boolean> {
    const more = { lastAt, times: () => 'times + 1' };
    return exactlyOne(await this.of().update({ applicationId, digest }, more));
  }
}
