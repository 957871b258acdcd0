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

/** What LIKE reads as a pattern: no escape is the same on every engine, and such a text is looked for at the beginning. */
const PATTERN = /[%_\\]/;

/** Where a page of structures ended. */
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

  /** What it is recognised by. */
  findFace(
    id: string,
  ): Promise<Pick<StructureEntity, 'id' | 'name' | 'displayName' | 'logo' | 'accent'> | null> {
    const select = { id: true, name: true, displayName: true, logo: true, accent: true } as const;
    return this.of().findOne({ select, where: { id } });
  }

  findByNameKey(nameKey: string, tx?: EntityManager): Promise<StructureEntity | null> {
    return this.of(tx).findOneBy({ nameKey });
  }

  /** How these structures are called. */
  names(ids: readonly string[]): Promise<Pick<StructureEntity, 'id' | 'name'>[]> {
    return this.of().find({ select: { id: true, name: true }, where: { id: In(ids) } });
  }

  /** Those with one of these keys of a name, or one of these numbers as FINESS or SIRET. */
  findByKeys(
    nameKeys: readonly string[],
    numbers: readonly string[],
    tx?: EntityManager,
  ): Promise<StructureEntity[]> {
    return this.of(tx).findBy([{ nameKey: In(nameKeys) }, { finess: In(numbers) }, { siret: In(numbers) }]);
  }

  /** In the order of their names, after `after`, whose key, or a later word of it, begins so. */
  page(
    { after, beginning }: { after: StructurePlace; beginning: string },
    limit: number,
    tx?: EntityManager,
  ): Promise<StructureEntity[]> {
    const [from, below] = beginningWith(beginning);
    const first = And(MoreThanOrEqual(from), LessThan(below));
    const asked = beginning && !PATTERN.test(beginning) ? Or(first, Like(`% ${beginning}%`)) : first;
    return this.of(tx).find({
      where: [
        { sortKey: And(asked, MoreThan(after.sortKey)) },
        { sortKey: And(asked, Equal(after.sortKey)), id: MoreThan(after.id) },
      ],
      order: { sortKey: 'ASC', id: 'ASC' },
      take: limit,
    });
  }

  /** Those that asked for strong means, or for Pro Santé Connect alone, from some date on. */
  dated(): Promise<StructureEntity[]> {
    const isSet = Not(IsNull());
    return this.of().find({ where: [{ strongMeansFromAt: isSet }, { proSanteConnectFromAt: isSet }] });
  }

  /** Those whose date came by `from` have reached so much: how many had not. */
  async recordReached(reached: number, from: Date): Promise<number> {
    const due = { strongMeansFromAt: LessThanOrEqual(from), strongMeansReached: LessThan(reached) };
    return (await this.of().update(due, { strongMeansReached: reached })).affected ?? 0;
  }

  /** Changes it while it has this version: of several who saw the same one, one does. */
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
