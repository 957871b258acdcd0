import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  MoreThan,
  MoreThanOrEqual,
  Not,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** Number of wrong codes of a person, over all challenges, channels and browsers. */
@Entity('otpSubject')
@Index('otpSubjectLocked', ['lockedUntilAt'])
export class OtpSubjectEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** Codes tried since the last accepted one. */
  @Column({ type: 'int' })
  failures!: number;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  lockedUntilAt!: Date | null;
}

/** The table `otpSubject`: wrong codes in a row, by person. */
@Injectable()
export class OtpSubjectRepository extends EntityRepository<OtpSubjectEntity> {
  constructor(@InjectRepository(OtpSubjectEntity) rows: Repository<OtpSubjectEntity>) {
    super(rows);
  }

  find(id: string, tx?: EntityManager): Promise<OtpSubjectEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  findAll(ids: readonly string[]): Promise<OtpSubjectEntity[]> {
    return this.of().findBy({ id: In(ids) });
  }

  /** At most `limit` subjects that are locked beyond `now`, or closed until an administrator unlocks them. */
  findLocked(now: Date, failuresInAll: number, limit: number): Promise<OtpSubjectEntity[]> {
    // Subjects with so many failures were locked before, so the index of the locks finds them.
    const everLocked = { lockedUntilAt: Not(IsNull()) };
    const where = [
      { lockedUntilAt: MoreThan(now) },
      { ...everLocked, failures: MoreThanOrEqual(failuresInAll) },
    ];
    return this.of().find({ where, take: limit });
  }

  /** Returns the subject, and inserts it for a person without one. Concurrent callers get the same row. */
  async findOrAdd(id: string, tx?: EntityManager): Promise<OtpSubjectEntity> {
    const known = await this.find(id, tx);
    if (known) return known;
    const subject = { id, failures: 0, lockedUntilAt: null };
    await this.insertNew(subject, tx);
    return subject;
  }

  /** Counts one more failure, if the subject is unchanged since it was read. */
  async countAttempt(
    { id, failures }: OtpSubjectEntity,
    lockedUntilAt: Date | null,
    tx?: EntityManager,
  ): Promise<boolean> {
    const counted = { failures: failures + 1, lockedUntilAt };
    return exactlyOne(await this.of(tx).update({ id, failures }, counted));
  }

  /** Replaces the count with `counted`, if the subject is unchanged since it was read. */
  async recount(read: OtpSubjectEntity, counted: OtpSubjectEntity, tx?: EntityManager): Promise<boolean> {
    const { id, failures } = read;
    return exactlyOne(await this.of(tx).update({ id, failures }, counted));
  }

  async forgive(id: string, tx?: EntityManager): Promise<void> {
    await this.of(tx).update({ id }, { failures: 0, lockedUntilAt: null });
  }
}
