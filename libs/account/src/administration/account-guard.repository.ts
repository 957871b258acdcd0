import { Column, Entity, PrimaryColumn, EntityManager, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';

/** The table `accountGuard`: a row for each rule over several accounts, written by every action that could break the rule. */
@Entity('accountGuard')
export class AccountGuardEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  rule!: string;

  /** Number of writes. */
  @Column({ type: 'int' })
  writes!: number;
}

/** The table `accountGuard`. */
@Injectable()
export class AccountGuardRepository extends EntityRepository<AccountGuardEntity> {
  constructor(@InjectRepository(AccountGuardEntity) rows: Repository<AccountGuardEntity>) {
    super(rows);
  }

  /**
   * Has concurrent transactions under one rule wait for each other. The row is really changed: a Galera cluster
   * compares the writes of two nodes, and neither a lock nor an update without a change reaches another node.
   */
  async lock(rule: string, tx: EntityManager): Promise<void> {
    if (await this.#write(rule, tx)) return;
    if (!(await this.insertNew({ rule, writes: 1 }, tx))) await this.#write(rule, tx);
  }

  async #write(rule: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ rule }, { writes: () => 'writes + 1' }));
  }
}
