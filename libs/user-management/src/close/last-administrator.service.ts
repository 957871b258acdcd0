import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService } from '@portillon/account';
import { AppError } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';

/** The rule that one active national administrator always stays. */
@Injectable()
export class LastAdministratorService {
  constructor(private readonly administration: AccountAdministrationService) {}

  /**
   * Requires another national administrator before `account` stops being one. It waits for concurrent callers, so that
   * two administrators cannot remove each other. Call it for every account: one that was a professional when it was
   * read may be the last administrator by now.
   * @throws AppError `administrator.last`
   */
  async requireAnother(account: Pick<Account, 'id'>, tx: EntityManager): Promise<void> {
    if (!(await this.administration.staysNational(account.id, tx))) throw new AppError('administrator.last');
  }
}
