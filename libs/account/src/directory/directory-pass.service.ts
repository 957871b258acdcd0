import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { addMilliseconds, Clock, DAY, HOUR, MINUTE, Random } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { Column, Entity, FindOptionsWhere, IsNull, PrimaryColumn, Repository } from 'typeorm';

/** A pass reads the directory about people, then about structures. */
type DirectoryStage = 'people' | 'structures';

const FEED = 'annuaire';
/** Between the beginnings of two passes: one a night, though each begins a little later. */
const PASS_EVERY_MS = 20 * HOUR;
/** The directory indexes a change some time after its date. */
const OVERLAP_MS = 2 * DAY;
/** Longer than the slowest chunk; another instance goes on afterwards. */
const LEASE_MS = 10 * MINUTE;

/** The table `directoryFeed`: one row, where the reading of the national directory stopped. */
@Entity('directoryFeed')
export class DirectoryFeedEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Null: no pass is under way. */
  @Column({ type: 'varchar', length: 10, nullable: true })
  stage!: DirectoryStage | null;

  /** The last account or structure that was read. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  afterId!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  startedAt!: Date | null;

  /** Changes before it were read by a whole pass. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  sinceAt!: Date | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  leaseId!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  leaseUntilAt!: Date | null;

  /** The directory is not asked before. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  waitUntilAt!: Date | null;

  /** Failures in a row at the same place. */
  @Column({ type: 'int', default: 0 })
  failures!: number;
}

/** The table `directoryFeed`. */
@Injectable()
export class DirectoryFeedRepository extends EntityRepository<DirectoryFeedEntity> {
  constructor(@InjectRepository(DirectoryFeedEntity) rows: Repository<DirectoryFeedEntity>) {
    super(rows);
  }

  find(): Promise<DirectoryFeedEntity | null> {
    return this.of().findOneBy({ id: FEED });
  }

  insert(): Promise<boolean> {
    return this.insertNew({ id: FEED, failures: 0 });
  }

  /** Changes it if it matches `guard`. One of several concurrent callers succeeds. */
  async change(
    guard: FindOptionsWhere<DirectoryFeedEntity>,
    changes: Partial<DirectoryFeedEntity>,
  ): Promise<boolean> {
    return exactlyOne(await this.of().update({ ...guard, id: FEED }, changes));
  }
}

/** A pass that this instance alone reads, until its lease expires. */
export interface DirectoryPass {
  leaseId: string;
  stage: DirectoryStage;
  /** The last account or structure that was read; empty: none. */
  afterId: string;
  /** Changes since then are read; null: all. */
  since: Date | null;
  /** Failures in a row at this place. */
  failures: number;
}

/** Where the reading of the national directory stopped, for all instances. */
@Injectable()
export class DirectoryPassService {
  constructor(
    private readonly rows: DirectoryFeedRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The pass under way, or a new one if none began in the last 20 hours. Of several concurrent callers, one gets it. */
  async claim(): Promise<DirectoryPass | undefined> {
    const now = this.clock.now();
    if (!(await this.rows.find())) await this.rows.insert();
    const row = await this.rows.find();
    if (!row || isBusy(row, now)) return undefined;
    const begun = row.stage ? {} : { ...FIRST, startedAt: now };
    const leaseId = this.random.id();
    const guard = { leaseId: row.leaseId ?? IsNull(), stage: row.stage ?? IsNull() };
    const leased = { ...begun, leaseId, leaseUntilAt: addMilliseconds(now, LEASE_MS), waitUntilAt: null };
    if (!(await this.rows.change(guard, leased))) return undefined;
    const { stage, afterId, sinceAt: since, failures } = { ...row, ...begun };
    return { leaseId, stage: stage ?? FIRST.stage, afterId: afterId ?? '', since, failures };
  }

  /** Records what was read, and renews the lease. Returns undefined when another instance goes on. */
  async advance(
    pass: DirectoryPass,
    read: Pick<DirectoryPass, 'stage' | 'afterId'>,
  ): Promise<DirectoryPass | undefined> {
    const leaseUntilAt = addMilliseconds(this.clock.now(), LEASE_MS);
    const changes = { stage: read.stage, afterId: read.afterId || null, leaseUntilAt, failures: 0 };
    const isOurs = await this.rows.change({ leaseId: pass.leaseId }, changes);
    return isOurs ? { ...pass, ...read, failures: 0 } : undefined;
  }

  /** Ends the pass: the next one reads what changed since this one began. */
  async finish({ leaseId }: DirectoryPass): Promise<void> {
    const row = await this.rows.find();
    const sinceAt = row?.startedAt ? addMilliseconds(row.startedAt, -OVERLAP_MS) : null;
    await this.rows.change({ leaseId }, { stage: null, afterId: null, sinceAt, ...UNLEASED });
  }

  /** Leaves the pass to a later turn; no instance asks the directory before `until`. `isFailure`: of what was asked here. */
  async pause({ leaseId, failures }: DirectoryPass, until: Date, isFailure: boolean): Promise<void> {
    const changes = { waitUntilAt: until, failures: failures + Number(isFailure) };
    await this.rows.change({ leaseId }, { ...changes, ...UNLEASED });
  }

  /** Leaves the pass to any instance. */
  async release({ leaseId }: DirectoryPass): Promise<void> {
    await this.rows.change({ leaseId }, UNLEASED);
  }
}

const FIRST = { stage: 'people', afterId: null, failures: 0 } as const;
const UNLEASED = { leaseId: null, leaseUntilAt: null };

/** Whether another instance reads, the directory asked for patience, or the pass of this night is over. */
function isBusy({ stage, startedAt, leaseUntilAt, waitUntilAt }: DirectoryFeedEntity, now: Date): boolean {
  if (isAfter(leaseUntilAt, now) || isAfter(waitUntilAt, now)) return true;
  return !stage && isAfter(startedAt, addMilliseconds(now, -PASS_EVERY_MS));
}

function isAfter(time: Date | null, now: Date): boolean {
  return time !== null && time > now;
}
