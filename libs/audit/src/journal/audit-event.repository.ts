import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { lowestId } from '@portillon/kernel';
import { EntityRepository } from '@portillon/persistence';
import {
  And,
  Between,
  EntityManager,
  FindOperator,
  FindOptionsWhere,
  In,
  IsNull,
  LessThan,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { AuditEventEntity } from './audit-event.entity';
import type { AuditFilter, AuditOutcome } from './audit.types';
import type { MarkedLine } from './journal.line';

/** Position in the sealed lines: by seal, then by id. */
export interface LinePlace {
  sealSequence: number;
  id: string;
}

type Conditions = FindOptionsWhere<AuditEventEntity>;

const OUTCOMES: AuditOutcome[] = ['SUCCESS', 'FAILURE'];
/** Lines that one UPDATE marks: few, so that the server finds them by id. */
const MARKED_AT_ONCE = 50;

/** The lines of the journal. */
@Injectable()
export class AuditEventRepository extends EntityRepository<AuditEventEntity> {
  constructor(@InjectRepository(AuditEventEntity) lines: Repository<AuditEventEntity>) {
    super(lines);
  }

  async insert(lines: MarkedLine[], tx?: EntityManager): Promise<void> {
    await this.of(tx).insert(lines);
  }

  /**
   * Returns matching lines, newest first, at most `limit`, after `older`. Each single condition is a range of an index
   * in the order of the ids, so that the cost does not grow with the journal.
   */
  async search(filter: AuditFilter, older: string | undefined, limit: number): Promise<AuditEventEntity[]> {
    const conditions = conditionsOf(filter, older);
    // A person has few lines: reading them costs less than a range for each name.
    if (!filter.names?.length || filter.accountId || filter.actorId)
      return this.of().find({ where: conditions, order: { id: 'DESC' }, take: limit });
    const ids = await this.#newestIds(branchesOf(filter, conditions), limit);
    return this.of().find({ where: { id: In(ids) }, order: { id: 'DESC' } });
  }

  hasLine(accountId: string, names: string[], from: Date, tx: EntityManager): Promise<boolean> {
    return this.of(tx).existsBy({ accountId, name: In(names), happenedAt: MoreThanOrEqual(from) });
  }

  /** Returns the newest line of each of these structures: the greatest id, from the index. */
  async findNewest(
    structureIds: readonly string[],
  ): Promise<Pick<AuditEventEntity, 'structureId' | 'happenedAt'>[]> {
    const newest = await this.of()
      .createQueryBuilder('line')
      .select('MAX(line.id)', 'id')
      .where('line.structureId IN (:...structureIds)', { structureIds })
      .groupBy('line.structureId')
      .getRawMany<{ id: string }>();
    const select = { id: true, structureId: true, happenedAt: true } as const;
    return this.of().find({ select, where: { id: In(newest.map(({ id }) => id)) } });
  }

  /** Returns the oldest lines without a seal that have no mark, or the mark of a key of `keyIds`. */
  findUnsealed(limit: number, keyIds: readonly string[], tx?: EntityManager): Promise<AuditEventEntity[]> {
    const query = this.#waiting(tx).orderBy('line.id').limit(limit);
    return query.andWhere(`(line.mark IS NULL OR ${madeBy(keyIds)})`, prefixesOf(keyIds)).getMany();
  }

  /** Returns the lines that have waited longest for their seal, of any key. */
  findWaitingLongest(limit: number): Promise<AuditEventEntity[]> {
    return this.#waiting().orderBy('line.id').limit(limit).getMany();
  }

  /** Returns the marks of these lines. */
  async findMarksWaitingLongest(limit: number): Promise<Pick<AuditEventEntity, 'mark'>[]> {
    const lines = this.#waiting().orderBy('line.id').limit(limit);
    return lines.select(['line.id', 'line.mark']).getMany();
  }

  /** When the line that has waited longest for its seal was written. */
  async findOldestUnsealedAt(): Promise<Date | undefined> {
    const select = { id: true, happenedAt: true } as const;
    const [line] = await this.of().find({
      select,
      where: { sealSequence: IsNull() },
      order: { id: 'ASC' },
      take: 1,
    });
    return line?.happenedAt;
  }

  hasId(id: string): Promise<boolean> {
    return this.of().existsBy({ id });
  }

  /** When the newest line with a smaller id was written. */
  findAtBefore(id: string): Promise<Date | null> {
    return this.#findAt({ id: LessThan(id) }, 'DESC');
  }

  /** When the oldest line with a greater id was written. */
  findAtAfter(id: string): Promise<Date | null> {
    return this.#findAt({ id: MoreThan(id) }, 'ASC');
  }

  async #findAt(where: Conditions, order: 'ASC' | 'DESC'): Promise<Date | null> {
    const select = { id: true, happenedAt: true } as const;
    const [line] = await this.of().find({ select, where, order: { id: order }, take: 1 });
    return line?.happenedAt ?? null;
  }

  /** Returns sealed lines by seal, then by id. */
  findSealed(after: LinePlace, limit: number): Promise<AuditEventEntity[]> {
    // Lines of the current seal before the position are skipped: a seal has few.
    return this.#lines()
      .where('line.sealSequence >= :sealSequence', after)
      .andWhere('(line.sealSequence > :sealSequence OR line.id > :id)', after)
      .orderBy('line.sealSequence')
      .addOrderBy('line.id')
      .limit(limit)
      .getMany();
  }

  findBySeal(sealSequence: number, limit: number): Promise<AuditEventEntity[]> {
    return this.of().find({ where: { sealSequence }, order: { id: 'ASC' }, take: limit });
  }

  /** Writes a seal's number on its lines. Returns how many had none. */
  async seal(sealSequence: number, ids: readonly string[], tx: EntityManager): Promise<number> {
    let sealed = 0;
    for (let first = 0; first < ids.length; first += MARKED_AT_ONCE) {
      const update = this.of(tx)
        .createQueryBuilder()
        .update()
        .set({ sealSequence })
        .where({ id: In(ids.slice(first, first + MARKED_AT_ONCE)) })
        // Not IS NULL: by the index of the seals the server would read, and wait for, lines that are being written.
        .andWhere('COALESCE(sealSequence, 0) = 0');
      sealed += (await update.execute()).affected ?? 0;
    }
    return sealed;
  }

  /** Deletes the lines of these seals. Returns how many. */
  async deleteSealed(from: number, through: number, tx: EntityManager): Promise<number> {
    const deleted = await this.of(tx).delete({ sealSequence: Between(from, through) });
    return deleted.affected ?? 0;
  }

  /** A raw UNION, which TypeORM lacks. Each branch returns its newest ids; a single range over all would need a sort. */
  async #newestIds(branches: Conditions[], limit: number): Promise<string[]> {
    const parts = branches.map((where): [sql: string, values: unknown[]] =>
      this.#lines()
        .select('line.id', 'id')
        .where(where)
        .orderBy('line.id', 'DESC')
        .limit(limit)
        .getQueryAndParameters(),
    );
    const union = parts.map(([sql], index) => `SELECT id FROM (${sql}) part${index}`).join(' UNION ALL ');
    const found: Pick<AuditEventEntity, 'id'>[] = await this.of().query(
      `${union} ORDER BY id DESC LIMIT ${limit}`,
      parts.flatMap(([, values]) => values),
    );
    return found.map(({ id }) => id);
  }

  #waiting(tx?: EntityManager): SelectQueryBuilder<AuditEventEntity> {
    return this.#lines(tx).where('line.sealSequence IS NULL');
  }

  #lines(tx?: EntityManager): SelectQueryBuilder<AuditEventEntity> {
    return this.of(tx).createQueryBuilder('line');
  }
}

function conditionsOf(filter: AuditFilter, older: string | undefined): Conditions {
  const { structureId, accountId, actorId, outcome, requestId, names, reference } = filter;
  const equal = Object.entries({ structureId, accountId, actorId, outcome, requestId });
  const bounds: FindOperator<string>[] = [
    ...(filter.from ? [MoreThanOrEqual(lowestId(filter.from))] : []),
    ...(filter.to ? [LessThan(lowestId(filter.to))] : []),
    ...(older ? [LessThan(older)] : []),
  ];
  return {
    ...Object.fromEntries(equal.filter(([, value]) => value !== undefined)),
    ...(filter.structureIds ? { structureId: In([...filter.structureIds]) } : {}),
    ...(names?.length ? { name: In(names) } : {}),
    ...(reference ? { data: Like(`%"reference":"${reference}"%`) } : {}),
    ...(bounds.length > 0 ? { id: And(...bounds) } : {}),
  };
}

/** One range of an index for each name and outcome. */
function branchesOf({ names = [], outcome }: AuditFilter, shared: Conditions): Conditions[] {
  const outcomes = outcome ? [outcome] : OUTCOMES;
  return [...new Set(names)].flatMap((name) => outcomes.map((one) => ({ ...shared, name, outcome: one })));
}

/** Condition that a key of these made the mark, which begins with the key's id. */
function madeBy(keyIds: readonly string[]): string {
  return `(${keyIds.map((_, index) => `INSTR(line.mark, :key${index}) = 1`).join(' OR ')})`;
}

function prefixesOf(keyIds: readonly string[]): Record<string, string> {
  return Object.fromEntries(keyIds.map((id, index) => [`key${index}`, `${id}.`]));
}
