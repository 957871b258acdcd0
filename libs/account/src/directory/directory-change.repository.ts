import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  Column,
  Entity,
  EntityManager,
  FindOptionsWhere,
  In,
  Index,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  PrimaryColumn,
  Repository,
} from 'typeorm';
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

  /** The structure whose administrators decide. */
  @Column({ type: 'varchar', length: 36 })
  structureId!: string;

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
  insert(row: DirectoryChangeEntity): Promise<boolean> {
    return this.insertNew(row);
  }

  /** Changes the one that matches `guard`. One of several concurrent callers succeeds. */
  async change(
    guard: ChangeGuard,
    changes: Partial<DirectoryChangeEntity>,
    tx?: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update(guard, changes));
  }

  findOpen(id: string): Promise<DirectoryChangeEntity | null> {
    return this.of().findOneBy({ ...OPEN, id });
  }

  /** Open ones after `after`, of these structures or of all, in the order in which they were found. */
  findOpenPage(
    structureIds: readonly string[] | null,
    after: string,
    limit: number,
  ): Promise<DirectoryChangeEntity[]> {
    const where = { ...openIn(structureIds), id: MoreThan(after) };
    return this.of().find({ where, order: { id: 'ASC' }, take: limit });
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
}

function openIn(structureIds: readonly string[] | null): ChangeGuard {
  return { ...OPEN, ...(structureIds && { structureId: In(structureIds) }) };
}
