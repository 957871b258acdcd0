import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, ErasureGround } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import type { EntityManager } from 'typeorm';
import { AccountTraceService } from './account-trace.service';
import { LastAdministratorService } from './last-administrator.service';

/** What an erasure does, whoever asked for it: from then on the account names its person no more. */
@Injectable()
export class ErasureEffectService {
  constructor(
    private readonly lastAdministrator: LastAdministratorService,
    private readonly administration: AccountAdministrationService,
    private readonly factorReset: FactorResetService,
    private readonly traces: AccountTraceService,
  ) {}

  /** False when the ground holds no longer, and nothing is to be kept. @throws AppError `administrator.last` */
  async apply(account: Account, ground: ErasureGround, tx: EntityManager): Promise<boolean> {
    await this.lastAdministrator.requireAnother(account, tx);
    if (!(await this.administration.erase(account.id, ground, tx))) return false;
    await this.factorReset.endAll(account.id, 'erased', tx);
    await this.traces.erase(account, tx);
    return true;
  }
}
