import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { GateRuleEntity } from './gate-rule.entity';

/** The table `gateRule`: the rules of each application, in their order. */
@Injectable()
export class GateRuleRepository extends EntityRepository<GateRuleEntity> {
  readonly #byApplication = this.loader('applicationId');

  constructor(@InjectRepository(GateRuleEntity) rows: Repository<GateRuleEntity>) {
    super(rows);
  }

  /** In their order. Sorted here: rows of texts would be sorted in a temporary table, at every check of the gate. */
  async list(applicationId: string, tx?: EntityManager): Promise<GateRuleEntity[]> {
    const rules = await (tx ? this.of(tx).findBy({ applicationId }) : this.#byApplication(applicationId));
    return [...rules].sort((one, other) => one.position - other.position);
  }

  /** Replaces all rules of an application. The caller's guard on the application serialises callers. */
  async replace(applicationId: string, rules: readonly GateRuleEntity[], tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ applicationId });
    if (rules.length > 0) await this.of(tx).insert([...rules]);
  }
}
