import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { isNational } from '../rights.policy';

/** The rule that one active national administrator always stays. */
@Injectable()
export class LastAdministratorService {
  constructor(private readonly administration: AccountAdministrationService) {}

  /**
   * For an act after which `account` is a national administrator no more. It waits for whoever asks at the same time,
   * so that two who take each other out do not both succeed.
   *
   * @throws AppError `administrator.last`
   */
  async requireAnother(account: Account, tx: EntityManager): Promise<void> {
    if (!isNational(account.roles)) return;
    if (!(await this.administration.staysNational(account.id, tx))) throw new AppError('administrator.last');
  }
}
