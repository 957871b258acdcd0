import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Channel, lowestId } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  FindOperator,
  FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  Repository,
} from 'typeorm';
import { OtpChallengeEntity } from './otp-challenge.entity';
import type { OtpPurpose, UnansweredCode } from './otp.types';

/** Columns of an earlier challenge of the binding, for the resend policy. */
export type PastChallenge = Pick<
  OtpChallengeEntity,
  'id' | 'round' | 'sends' | 'state' | 'channel' | 'resendAvailableAt'
>;

const PAST = {
  id: true,
  round: true,
  sends: true,
  state: true,
  channel: true,
  resendAvailableAt: true,
} as const;

const UNANSWERED = { id: true, purpose: true, channel: true, destinationDigest: true, sentAt: true } as const;

/** Columns that select codes counted together; codes by `channel` count even when they were entered. */
export type CountedChallenges =
  | { subjectId: string | FindOperator<string>; channel?: Channel }
  | { sourceDigest: string }
  | { prefixDigest: string }
  | { destinationDigest: string; purpose?: FindOperator<OtpPurpose> };

/** The table `otpChallenge`. Every transaction locks a challenge before its subject, so that no two transactions deadlock. */
@Injectable()
export class OtpChallengeRepository extends EntityRepository<OtpChallengeEntity> {
  constructor(@InjectRepository(OtpChallengeEntity) rows: Repository<OtpChallengeEntity>) {
    super(rows);
  }

  /** Inserts a challenge. Returns false when another request for the same round came first. */
  insert(challenge: OtpChallengeEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(challenge, tx);
  }

  findLatest(purpose: OtpPurpose, binding: string): Promise<OtpChallengeEntity | null> {
    return this.of().findOne({ where: { purpose, binding }, order: { round: 'DESC' } });
  }

  async findLatestId(purpose: OtpPurpose, binding: string): Promise<string | undefined> {
    const order = { round: 'DESC' } as const;
    const found = await this.of().findOne({ select: { id: true }, where: { purpose, binding }, order });
    return found?.id;
  }

  /** {@link findLatest} with its subject, in one statement. */
  findLatestWithSubject(purpose: OtpPurpose, binding: string): Promise<OtpChallengeEntity | null> {
    const read = this.of().createQueryBuilder('challenge').leftJoinAndSelect('challenge.subject', 'subject');
    return read.where({ purpose, binding }).orderBy('challenge.round', 'DESC').limit(1).getOne();
  }

  /** All challenges of the binding, newest first. */
  findPast(purpose: OtpPurpose, binding: string, tx: EntityManager): Promise<PastChallenge[]> {
    return this.of(tx).find({ select: PAST, where: { purpose, binding }, order: { round: 'DESC' } });
  }

  /**
   * Counts one attempt if the challenge is unchanged since it was read, so that each number of tries belongs to one
   * attempt.
   */
  async takeAttempt({ id, tries }: OtpChallengeEntity, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, tries, state: 'OPEN', expiresAt: MoreThan(now) } as const;
    return exactlyOne(await this.of(tx).update(guard, { tries: tries + 1 }));
  }

  /** Takes one try back, while the challenge is open. */
  async refundAttempt(id: string, tx: EntityManager): Promise<boolean> {
    const guard = { id, tries: MoreThan(0), state: 'OPEN' } as const;
    return exactlyOne(await this.of(tx).update(guard, { tries: () => 'tries - 1' }));
  }

  /** Uses up a challenge that was tried. Returns `true` for one caller. */
  async use(id: string, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, tries: MoreThan(0), state: 'OPEN', expiresAt: MoreThan(now) } as const;
    return exactlyOne(await this.of(tx).update(guard, { state: 'USED', endedAt: now }));
  }

  async end(id: string, state: 'EXPIRED' | 'REPLACED', now: Date, tx?: EntityManager): Promise<void> {
    await this.of(tx).update({ id, state: 'OPEN' }, { state, endedAt: now });
  }

  /** Lets another code by the same channel follow at once, and has limits ignore this one. */
  async forgetSending(id: string, now: Date): Promise<void> {
    await this.of().update({ id }, { resendAvailableAt: () => 'sentAt', uncountedAt: now });
  }

  /** Counted codes that were sent after `since`, newest first. */
  findUnanswered(
    by: CountedChallenges,
    since: Date,
    range: { skip: number; take: number },
    tx?: EntityManager,
  ): Promise<UnansweredCode[]> {
    const where = counted(by, since);
    return this.of(tx).find({ select: UNANSWERED, where, order: { sentAt: 'DESC' }, ...range });
  }

  /** As {@link findUnanswered} for each of these people, at most 1,000 ids. */
  findUnansweredOf(
    subjectIds: readonly string[],
    since: Date,
  ): Promise<(UnansweredCode & { subjectId: string })[]> {
    const where = counted({ subjectId: In(subjectIds) }, since);
    return this.of().find({ select: { subjectId: true, ...UNANSWERED }, where, order: { sentAt: 'DESC' } });
  }

  async uncount(by: CountedChallenges, since: Date, now: Date): Promise<void> {
    await this.of().update(sent(by, since), { uncountedAt: now });
  }

  async voidAll(subjectId: string, now: Date, tx: EntityManager): Promise<void> {
    await this.of(tx).update({ subjectId, state: 'OPEN' }, { state: 'VOID', endedAt: now });
  }

  /** Deletes up to `batch` of the oldest challenges sent before `time`. Returns how many. Ids grow with time (UUIDv7). */
  deleteSentBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ id: LessThan(lowestId(time)) }, { id: 'ASC' }, batch);
  }
}

function counted(by: CountedChallenges, since: Date): FindOptionsWhere<OtpChallengeEntity> {
  return 'channel' in by ? sent(by, since) : { ...sent(by, since), state: Not('USED') };
}

function sent(by: CountedChallenges, since: Date): FindOptionsWhere<OtpChallengeEntity> {
  return { ...by, sentAt: MoreThan(since), uncountedAt: IsNull() };
}
