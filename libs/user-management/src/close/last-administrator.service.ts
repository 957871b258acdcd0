import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';

/** The rule that one active national administrator always stays. */
@Injectable()
export class LastAdministratorService {
  constructor(private readonly administration: AccountAdministrationService) {}

  /**
   * For an act after which `account` is a national administrator no more. It waits for others who ask at the same time,
   * so that two who take each other out do not both succeed, and asks for every account: one that was a professional when
   * it was read may be the last administrator by now.
   *
   * @throws AppError `administrator.last`
   */
  async requireAnother(account: Pick<Account, 'id'>, tx: EntityManager): Promise<void> {
    if (!(await this.administration.staysNational(account.id, tx))) throw new AppError('administrator.last');
  }
}
