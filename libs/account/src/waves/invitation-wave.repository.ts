import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, tableNameOf } from '@portillon/persistence';
import {
  EntityManager,
  FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { AccountEntity } from '../account/account.entity';
import { InvitationWaveEntity, InvitationWaveMemberEntity } from './invitation-wave.entity';

/** The table `invitationWave`. */
@Injectable()
export class InvitationWaveRepository extends EntityRepository<InvitationWaveEntity> {
  constructor(@InjectRepository(InvitationWaveEntity) rows: Repository<InvitationWaveEntity>) {
    super(rows);
  }

  async insert(wave: InvitationWaveEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(wave);
  }

  find(id: string, tx?: EntityManager): Promise<InvitationWaveEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Latest first. */
  findNewest(limit: number): Promise<InvitationWaveEntity[]> {
    return this.of().find({ order: { id: 'DESC' }, take: limit });
  }

  /** Running waves whose next turn is due, if they may send, and open ones that are over. */
  findDue(now: Date, maySend: boolean): Promise<InvitationWaveEntity[]> {
    const over = { state: In(['RUNNING', 'PAUSED']), untilAt: LessThanOrEqual(now) };
    const due = { state: 'RUNNING', nextAt: LessThanOrEqual(now) } as const;
    return this.of().find({ where: maySend ? [over, due] : over, order: { id: 'ASC' } });
  }

  /** Changes the wave if it matches `guard`. One of several concurrent callers succeeds. */
  async change(
    id: string,
    guard: Omit<FindOptionsWhere<InvitationWaveEntity>, 'id'>,
    changes: Partial<InvitationWaveEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ ...guard, id }, changes));
  }

  /** The wave that ended first, before `time`. */
  async findEndedBefore(time: Date): Promise<string | undefined> {
    const where = { state: 'ENDED', endedAt: LessThan(time) } as const;
    return (await this.of().find({ where, order: { id: 'ASC' }, take: 1 }))[0]?.id;
  }

  async delete(id: string): Promise<number> {
    return (await this.of().delete({ id })).affected ?? 0;
  }
}

/** Which accounts a wave may invite. */
export interface WaveEligibility {
  now: Date;
  /** Also those whose invitation has expired. */
  includeExpired: boolean;
}

const INVITED = 'member.invitedAt IS NOT NULL';
/** The figures of a wave, each the condition that a member meets. */
const FIGURES = {
  people: '1 = 1',
  invited: INVITED,
  opened: `${INVITED} AND (member.openedAt IS NOT NULL OR account.status = 'ACTIVE')`,
  signedIn: 'account.lastSignedInAt >= member.invitedAt',
  bounced: `${INVITED} AND account.emailUnreachableAt IS NOT NULL`,
  reminded: 'member.remindedAt IS NOT NULL',
} as const;

/** Number of people of a wave by what they have done. A signed-in person has opened the invitation, too. */
export type WaveFigures = Record<keyof typeof FIGURES, number>;

/** The table `invitationWaveMember`. */
@Injectable()
export class InvitationWaveMemberRepository extends EntityRepository<InvitationWaveMemberEntity> {
  constructor(@InjectRepository(InvitationWaveMemberEntity) rows: Repository<InvitationWaveMemberEntity>) {
    super(rows);
  }

  /** Number of accounts that a wave may invite, by the structure that manages them. */
  async countEligible(
    eligibility: WaveEligibility,
    tx?: EntityManager,
  ): Promise<{ structureId: string | null; people: number }[]> {
    const counted = await this.#eligible(eligibility, tx)
      .select('account.structureId', 'structureId')
      .addSelect('COUNT(*)', 'people')
      .groupBy('account.structureId')
      .getRawMany<{ structureId: string | null; people: number | string }>();
    return counted.map(({ structureId, people }) => ({ structureId, people: Number(people) }));
  }

  /**
   * Adds the accounts of these structures, or those without one, to a wave. SQL, because TypeORM has no `INSERT … SELECT`,
   * and 200,000 ids need not travel.
   */
  async insertEligible(
    { waveId, dueOn, structureIds }: { waveId: string; dueOn: string; structureIds: string[] | null },
    eligibility: WaveEligibility,
    tx: EntityManager,
  ): Promise<void> {
    const [select, values] = this.#eligible(eligibility, tx)
      .select(['account.id', 'account.structureId', ':waveId', ':dueOn'])
      .setParameters({ waveId, dueOn })
      .andWhere({ structureId: structureIds ? In(structureIds) : IsNull() })
      .getQueryAndParameters();
    const into = `${tableNameOf(InvitationWaveMemberEntity)} (accountId, structureId, waveId, dueOn)`;
    await tx.query(`INSERT INTO ${into} ${select}`, values);
  }

  /** The next to invite on this day or before. */
  findNext(
    waveId: string,
    day: string,
    limit: number,
    tx: EntityManager,
  ): Promise<InvitationWaveMemberEntity[]> {
    const where = { waveId, invitedAt: IsNull(), dueOn: LessThanOrEqual(day) };
    return this.of(tx).find({ where, order: { dueOn: 'ASC', accountId: 'ASC' }, take: limit });
  }

  /** The next to remind, of those who were invited before `time` and have not chosen a password. */
  findSilent(
    waveId: string,
    time: Date,
    limit: number,
    tx: EntityManager,
  ): Promise<InvitationWaveMemberEntity[]> {
    return this.#withAccounts(tx)
      .where({ waveId, invitedAt: LessThanOrEqual(time), remindedAt: IsNull() })
      .andWhere("account.status = 'INVITED' AND account.emailUnreachableAt IS NULL")
      .orderBy('member.invitedAt')
      .addOrderBy('member.accountId')
      .limit(limit)
      .getMany();
  }

  /** Records it for these members, and only for those to whom it has not happened. */
  async mark(
    waveId: string,
    accountIds: readonly string[],
    changes: { invitedAt: Date } | { remindedAt: Date },
    tx: EntityManager,
  ): Promise<void> {
    const [time] = Object.keys(changes);
    await this.of(tx).update({ waveId, accountId: In(accountIds), [time!]: IsNull() }, changes);
  }

  /** Records that the link of an invited person was opened, the first time. */
  async markOpened(accountId: string, openedAt: Date): Promise<void> {
    const invited = this.of()
      .createQueryBuilder()
      .update({ openedAt })
      .where({ accountId, openedAt: IsNull() });
    await invited.andWhere('invitedAt IS NOT NULL').execute();
  }

  /** The figures by structure. `since`: of those who were invited since then. */
  async countFigures(
    waveId: string,
    since?: Date,
    tx?: EntityManager,
  ): Promise<({ structureId: string | null } & WaveFigures)[]> {
    const query = this.#withAccounts(tx).select('member.structureId', 'structureId').where({ waveId });
    if (since) query.andWhere('member.invitedAt >= :since', { since });
    for (const [figure, condition] of Object.entries(FIGURES))
      query.addSelect(`SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`, figure);
    const rows = await query
      .groupBy('member.structureId')
      .getRawMany<Record<string, string | number | null>>();
    return rows.map(({ structureId, ...figures }) => ({
      structureId: structureId as string | null,
      ...(Object.fromEntries(
        Object.entries(figures).map(([name, sum]) => [name, Number(sum)]),
      ) as WaveFigures),
    }));
  }

  findByAccount(accountId: string): Promise<InvitationWaveMemberEntity[]> {
    return this.of().find({ where: { accountId }, order: { waveId: 'ASC' } });
  }

  async remove(which: FindOptionsWhere<InvitationWaveMemberEntity>, tx: EntityManager): Promise<void> {
    await this.of(tx).delete(which);
  }

  /** Deletes at most `batch` members of a wave. Returns how many. */
  async deleteSome(waveId: string, batch: number): Promise<number> {
    const some = await this.of().find({ select: { accountId: true }, where: { waveId }, take: batch });
    if (some.length === 0) return 0;
    const { affected } = await this.of().delete({ waveId, accountId: In(some.map((row) => row.accountId)) });
    return affected ?? 0;
  }

  #withAccounts(tx?: EntityManager): SelectQueryBuilder<InvitationWaveMemberEntity> {
    return this.of(tx)
      .createQueryBuilder('member')
      .innerJoin(AccountEntity, 'account', 'account.id = member.accountId');
  }

  /** Invited accounts that have no valid invitation, whose address does not bounce, and that are in no open wave. */
  #eligible(
    { now, includeExpired }: WaveEligibility,
    tx = this.rows.manager,
  ): SelectQueryBuilder<AccountEntity> {
    const expired = includeExpired ? ' OR account.invitedUntilAt <= :now' : '';
    const inOpenWave = `SELECT 1 FROM ${tableNameOf(InvitationWaveMemberEntity)} member
      INNER JOIN ${tableNameOf(InvitationWaveEntity)} wave ON wave.id = member.waveId
      WHERE member.accountId = account.id AND wave.state <> 'ENDED'`;
    return tx
      .getRepository(AccountEntity)
      .createQueryBuilder('account')
      .where("account.status = 'INVITED' AND account.emailUnreachableAt IS NULL")
      .andWhere(`(account.invitedUntilAt IS NULL${expired})`, { now })
      .andWhere(`NOT EXISTS (${inOpenWave})`);
  }
}
