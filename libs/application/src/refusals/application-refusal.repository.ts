import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { In, LessThan, Repository } from 'typeorm';
import { ApplicationRefusalEntity } from './application-refusal.entity';

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
