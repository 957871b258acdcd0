import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { GuardEntity, GuardRepository } from '@portillon/persistence';
import { Entity, EntityManager, Repository } from 'typeorm';

const TREE = 'tree';

/** The table `structureGuard`: one row, which every move in the tree of structures writes. */
@Entity('structureGuard')
export class StructureGuardEntity extends GuardEntity {}

/** The table `structureGuard`. */
@Injectable()
export class StructureGuardRepository extends GuardRepository {
  constructor(@InjectRepository(StructureGuardEntity) rows: Repository<StructureGuardEntity>) {
    super(rows);
  }

  /** Has concurrent moves wait for each other: two of them write different rows, and could make a circle together. */
  lockTree(tx: EntityManager): Promise<void> {
    return this.lock(TREE, tx);
  }
}
