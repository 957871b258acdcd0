import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { Column, Entity, EntityManager, PrimaryColumn, Repository } from 'typeorm';

const TREE = 'tree';

/** The table `structureGuard`: one row, which every move in the tree of structures writes. */
@Entity('structureGuard')
export class StructureGuardEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  rule!: string;

  /** Number of writes. */
  @Column({ type: 'int' })
  writes!: number;
}

/** The table `structureGuard`. */
@Injectable()
export class StructureGuardRepository extends EntityRepository<StructureGuardEntity> {
  constructor(@InjectRepository(StructureGuardEntity) rows: Repository<StructureGuardEntity>) {
    super(rows);
  }

  /**
   * Has concurrent moves wait for each other: two of them write different rows, and could make a circle together. The
   * guard's row is really changed, since a Galera cluster compares writes and does not see the locks of another node.
   */
  async lockTree(tx: EntityManager): Promise<void> {
    if (await this.#write(tx)) return;
    if (!(await this.insertNew({ rule: TREE, writes: 1 }, tx))) await this.#write(tx);
  }

  async #write(tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ rule: TREE }, { writes: () => 'writes + 1' }));
  }
}
