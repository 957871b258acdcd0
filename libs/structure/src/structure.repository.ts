import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { beginningWith } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  And,
  EntityManager,
  Equal,
  In,
  IsNull,
  LessThan,
  LessThanOrEqual,
  Like,
  MoreThan,
  MoreThanOrEqual,
  Not,
  Or,
  Repository,
} from 'typeorm';
import { StructureEntity } from './structure.entity';
import type { StructureFilter, StructureNode } from './structure.types';

/** Wildcards of LIKE. No escape is portable, so texts with them are only searched at the beginning. */
const PATTERN = /[%_\\]/;

/** Position at the end of a page. */
export type StructurePlace = Pick<StructureEntity, 'sortKey' | 'id'>;

/** The table `structure`. */
@Injectable()
export class StructureRepository extends EntityRepository<StructureEntity> {
  constructor(@InjectRepository(StructureEntity) rows: Repository<StructureEntity>) {
    super(rows);
  }

  async insert(structure: Partial<StructureEntity>, tx?: EntityManager): Promise<void> {
    await this.of(tx).insert(structure);
  }

  find(id: string, tx?: EntityManager): Promise<StructureEntity | null> {
    return this.of(tx).findOneBy({ id });
  }

  /** Branding of a structure. */
  findBranding(
    id: string,
  ): Promise<Pick<StructureEntity, 'id' | 'name' | 'displayName' | 'logo' | 'accent'> | null> {
    const select = { id: true, name: true, displayName: true, logo: true, accent: true } as const;
    return this.of().findOne({ select, where: { id } });
  }

  findByNameKey(nameKey: string, tx?: EntityManager): Promise<StructureEntity | null> {
    return this.of(tx).findOneBy({ nameKey });
  }

  /** Names of these structures. */
  findNames(ids: readonly string[]): Promise<Pick<StructureEntity, 'id' | 'name'>[]> {
    return this.of().find({ select: { id: true, name: true }, where: { id: In(ids) } });
  }

  /** These structures in the tree, by name. */
  findNodes(ids: readonly string[], tx?: EntityManager): Promise<StructureNode[]> {
    const select = { id: true, name: true, kind: true, parentId: true };
    return this.of(tx).find({ select, where: { id: In(ids) }, order: { sortKey: 'ASC', id: 'ASC' } });
  }

  /** Ids of the structures directly below these. */
  async findIdsBelow(parentIds: readonly string[], tx?: EntityManager): Promise<string[]> {
    const rows = await this.of(tx).find({ select: { id: true }, where: { parentId: In(parentIds) } });
    return rows.map(({ id }) => id);
  }

  /** Structures with one of these name keys, or with one of these numbers as FINESS or SIRET. */
  findByKeys(
    nameKeys: readonly string[],
    numbers: readonly string[],
    tx?: EntityManager,
  ): Promise<StructureEntity[]> {
    return this.of(tx).findBy([{ nameKey: In(nameKeys) }, { finess: In(numbers) }, { siret: In(numbers) }]);
  }

  /** These structures, by name. */
  findMany(ids: readonly string[]): Promise<StructureEntity[]> {
    return this.of().find({ where: { id: In(ids) }, order: { sortKey: 'ASC', id: 'ASC' } });
  }

  /** By name, after `after`; the key or one of its words begins with the given text. */
  findPage(
    {
      after,
      beginning,
      kind,
      parentId,
      among,
    }: { after: StructurePlace; beginning: string } & StructureFilter,
    limit: number,
    tx?: EntityManager,
  ): Promise<StructureEntity[]> {
    const [from, below] = beginningWith(beginning);
    const first = And(MoreThanOrEqual(from), LessThan(below));
    const filter = { ...(kind && { kind }), ...(parentId && { parentId }) };
    const asked = beginning && !PATTERN.test(beginning) ? Or(first, Like(`% ${beginning}%`)) : first;
    const of = among ? [In(among)] : [];
    return this.of(tx).find({
      where: [
        { ...filter, sortKey: And(asked, MoreThan(after.sortKey)), ...(among && { id: In(among) }) },
        { ...filter, sortKey: And(asked, Equal(after.sortKey)), id: And(MoreThan(after.id), ...of) },
      ],
      order: { sortKey: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** The next ones after `after` that have a FINESS, by id. */
  findWithFiness(
    after: string,
    limit: number,
  ): Promise<Pick<StructureEntity, 'id' | 'finess' | 'createdAt'>[]> {
    return this.of().find({
      select: { id: true, finess: true, createdAt: true },
      where: { id: MoreThan(after), finess: Not(IsNull()) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Structures with a date for strong means, or for Pro Santé Connect only. */
  findDated(): Promise<StructureEntity[]> {
    const isSet = Not(IsNull());
    return this.of().find({ where: [{ strongMeansFromAt: isSet }, { proSanteConnectFromAt: isSet }] });
  }

  /** Records the stage of those whose date came by `from`. Returns how many had not reached it. */
  async recordReached(reached: number, from: Date): Promise<number> {
    const due = { strongMeansFromAt: LessThanOrEqual(from), strongMeansReached: LessThan(reached) };
    return (await this.of().update(due, { strongMeansReached: reached })).affected ?? 0;
  }

  /** Changes the structure if it has this version. One of several concurrent callers succeeds. */
  async change(
    id: string,
    version: number,
    changes: Partial<StructureEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    const next = { ...changes, version: version + 1 };
    return exactlyOne(await this.of(tx).update({ id, version }, next));
  }
}
