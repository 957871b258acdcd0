import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { AccountGuardEntity } from './account-guard.entity';

/** The table `accountGuard`. */
@Injectable()
export class AccountGuardRepository extends EntityRepository<AccountGuardEntity> {
  constructor(@InjectRepository(AccountGuardEntity) rows: Repository<AccountGuardEntity>) {
    super(rows);
  }

  /**
   * Of several who hold one rule, each waits for the transaction of the one before. The row is really changed: a Galera
   * cluster compares what two nodes wrote, and neither a lock nor an update that changes nothing reaches another node.
   */
  async hold(rule: string, tx: EntityManager): Promise<void> {
    if (await this.#write(rule, tx)) return;
    if (!(await this.insertNew({ rule, writes: 1 }, tx))) await this.#write(rule, tx);
  }

  async #write(rule: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ rule }, { writes: () => 'writes + 1' }));
  }
}
