import { Column, EntityManager, PrimaryColumn } from 'typeorm';
import { EntityRepository, exactlyOne } from './entity.repository';

/** A row for each rule over several rows of a library, written by every action that could break the rule. */
export abstract class GuardEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  rule!: string;

  /** Number of writes. */
  @Column({ type: 'int' })
  writes!: number;
}

/** The guard table of a library. */
export abstract class GuardRepository extends EntityRepository<GuardEntity> {
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
