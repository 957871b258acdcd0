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

  /** Counts one more of those that are equal to `refusal`, or keeps it as the first. */
  async count(refusal: ApplicationRefusalEntity): Promise<void> {
    if (await this.#countOn(refusal)) return;
    // Not inserted: a twin of the request came first.
    if (!(await this.insertNew(refusal))) await this.#countOn(refusal);
  }

  /** The latest first. */
  latest(applicationId: string, limit: number): Promise<ApplicationRefusalEntity[]> {
    return this.of().find({
      where: { applicationId },
      order: { lastAt: 'DESC', digest: 'ASC' },
      take: limit,
    });
  }

  /** Deletes those of the application that are older than its `kept` latest. */
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

  /** Deletes some `batch` that were last seen before `time`: how many. */
  deleteBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ lastAt: LessThan(time) }, { lastAt: 'ASC' }, batch);
  }

  async #countOn({ applicationId, digest, lastAt }: ApplicationRefusalEntity): Promise<boolean> {
    const more = { lastAt, times: () => 'times + 1' };
    return exactlyOne(await this.of().update({ applicationId, digest }, more));
  }
}
