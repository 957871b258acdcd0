import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { CodeTimePolicy, principalOf } from '@portillon/access';
import { PendingSignInService, SessionService } from '@portillon/session';
import type { EntityManager } from 'typeorm';

/** Updates open sessions with the present rights of their account. */
@Injectable()
export class RightsRefreshService {
  constructor(
    private readonly pendingSignIns: PendingSignInService,
    private readonly sessions: SessionService,
    private readonly times: CodeTimePolicy,
  ) {}

  /** With other rights, a sign-in in progress, which was begun with the old ones, ends. */
  async refresh(account: Account, hasOtherRights: boolean, tx: EntityManager): Promise<void> {
    if (hasOtherRights) await this.pendingSignIns.endAll(account.id, tx);
    await this.sessions.refreshPrincipal(principalOf(account, this.times.limit('password', account)), tx);
  }
}
