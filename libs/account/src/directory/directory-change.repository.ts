import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { StructureEntity } from '@portillon/structure';
import {
  Column,
  Entity,
  EntityManager,
  FindOptionsWhere,
  In,
  Index,
  IsNull,
  JoinColumn,
  LessThan,
  ManyToOne,
  MoreThan,
  Not,
  PrimaryColumn,
  Repository,
} from 'typeorm';
import { AccountEntity } from '../account/account.entity';
import type { DirectoryChangeKind } from './directory-change.types';

/** The table `directoryChange`: what the national directory shows otherwise than an account or a structure. */
@Entity('directoryChange')
@Index('directoryChangeOnce', ['changeKey'], { unique: true })
@Index('directoryChangeStructure', ['structureId', 'decidedAt', 'id'])
@Index('directoryChangeAccount', ['accountId', 'decidedAt', 'kind'])
@Index('directoryChangeDecided', ['decidedAt', 'id'])
export class DirectoryChangeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Digest of kind, account, structure and details: the same change is proposed once. */
  @Column({ type: 'varchar', length: 64 })
  changeKey!: string;

  /** Null: it concerns the structure. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  accountId!: string | null;

  @ManyToOne(() => AccountEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'accountId' })
  account?: AccountEntity | null;

  /** The structure whose administrators decide. */
  @Column({ type: 'varchar', length: 36 })
  structureId!: string;

  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity | null;

  @Column({ type: 'varchar', length: 16 })
  kind!: DirectoryChangeKind;

  /** JSON. */
  @Column({ type: 'varchar', length: 1000 })
  details!: string;

  @Column({ type: 'datetime', precision: 3 })
  foundAt!: Date;

  /** Null: it is open. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  decidedAt!: Date | null;

  /** Account of the administrator. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  decidedBy!: string | null;

  @Column({ type: 'varchar', length: 9, nullable: true })
  decision!: 'applied' | 'set-aside' | null;

  @Column({ type: 'varchar', length: 128, nullable: true })
  reason!: string | null;
}

type ChangeGuard = FindOptionsWhere<DirectoryChangeEntity>;
const OPEN: ChangeGuard = { decidedAt: IsNull() };

/** The table `directoryChange`. */
@Injectable()
export class DirectoryChangeRepository extends EntityRepository<DirectoryChangeEntity> {
  constructor(@InjectRepository(DirectoryChangeEntity) rows: Repository<DirectoryChangeEntity>) {
    super(rows);
  }

  /** Inserts it. Returns false when there is one with its key, open or decided. */
  insert(row: Omit<DirectoryChangeEntity, 'account' | 'structure'>): Promise<boolean> {
    return this.insertNew(row);
  }

  /** Changes the one that matches `guard`. One of several concurrent callers succeeds. */
  async change(
    guard: ChangeGuard,
    changes: Partial<Omit<DirectoryChangeEntity, 'account' | 'structure'>>,
    tx?: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update(guard, changes));
  }

  findOpen(id: string): Promise<DirectoryChangeEntity | null> {
    return this.#named()
      .where({ ...OPEN, id })
      .getOne();
  }

  /** Open ones after `after`, of these structures or of all, in the order in which they were found. */
  findOpenPage(
    structureIds: readonly string[] | null,
    after: string,
    limit: number,
  ): Promise<DirectoryChangeEntity[]> {
    const where = { ...openIn(structureIds), id: MoreThan(after) };
    return this.#named().where(where).orderBy('change.id').limit(limit).getMany();
  }

  countOpen(structureIds: readonly string[] | null): Promise<number> {
    return this.of().countBy(openIn(structureIds));
  }

  findByAccount(accountId: string): Promise<DirectoryChangeEntity[]> {
    return this.of().find({ where: { accountId }, order: { id: 'ASC' } });
  }

  /** Deletes open ones that match `guard`, but those with `kept` keys. */
  async deleteOpen(guard: ChangeGuard, kept: readonly string[] = []): Promise<void> {
    await this.of().delete({ ...guard, ...OPEN, ...(kept.length > 0 && { changeKey: Not(In(kept)) }) });
  }

  async deleteByAccount(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Deletes at most `batch` that were decided before. Returns how many. */
  deleteDecided(before: Date, batch: number): Promise<number> {
    return this.deleteOldest({ decidedAt: LessThan(before) }, { decidedAt: 'ASC' }, batch);
  }

  #named() {
    return this.of()
      .createQueryBuilder('change')
      .leftJoin('change.account', 'account')
      .leftJoin('change.structure', 'structure')
      .addSelect(['account.id', 'account.displayName', 'structure.id', 'structure.name']);
  }
}

function openIn(structureIds: readonly string[] | null): ChangeGuard {
  return { ...OPEN, ...(structureIds && { structureId: In(structureIds) }) };
}
