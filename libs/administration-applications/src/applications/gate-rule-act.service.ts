import { Injectable } from '@nestjs/common';
import { GateRule, GateRuleService } from '@portillon/gate';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { OwnedActJournalService } from '../owned-act-journal.service';
import type { Administrator } from '@portillon/user-management';
import { AdministeredApplicationService } from './administered-application.service';

/** The rules of an application within reach. */
export interface VersionedRules {
  items: GateRule[];
  /** That of the application. */
  version: number;
}

/** Administrators' changes of the rules of an application behind a reverse proxy. */
@Injectable()
export class GateRuleActService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredApplicationService,
    private readonly rules: GateRuleService,
    private readonly journal: OwnedActJournalService,
  ) {}

  /** @throws AppError `not-found` */
  async list(administrator: Administrator, id: string): Promise<VersionedRules> {
    const { version } = await this.administered.get(administrator, id);
    return { items: await this.rules.list(id), version };
  }

  /** @throws AppError `not-found`, `precondition.failed`, `validation.failed` */
  async replace(
    administrator: Administrator,
    id: string,
    rules: readonly GateRule[],
    version: number,
    reason?: string,
  ): Promise<VersionedRules> {
    const application = await this.administered.get(administrator, id);
    await this.transactions.run(async (tx) => {
      const { status } = await this.rules.replace(id, rules, version, tx);
      if (status !== 'edited') throw new AppError(status === 'moved' ? 'precondition.failed' : 'not-found');
      const act = { name: 'application_updated', reason, data: { fields: ['rules'] } } as const;
      await this.journal.recordOnApplication(administrator, application, act, tx);
    });
    return this.list(administrator, id);
  }
}
