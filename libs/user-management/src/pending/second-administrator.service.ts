import { Injectable } from '@nestjs/common';
import { AccountService, PendingChange } from '@portillon/account';
import { AppError, Clock } from '@portillon/kernel';
import { AccessRefusalService } from '../rights/access-refusal.service';
import type { Administrator } from '../rights/administrator.types';
import { isMachine } from '../rights/rights.policy';
import { countsAsSecond } from './four-eyes.policy';

/** Requires that the second administrator is another person. */
@Injectable()
export class SecondAdministratorService {
  constructor(
    private readonly accounts: AccountService,
    private readonly refusals: AccessRefusalService,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether this administrator may confirm the change. The request of a machine client always waits 24 hours, because
   * the person who registered the client could confirm their own request. @throws AppError `permission.denied`,
   * `act.on-own-request`, `act.on-machine-request`, `act.too-new-to-confirm`
   */
  async require(
    administrator: Administrator,
    { accountId, requestedBy }: Pick<PendingChange, 'accountId' | 'requestedBy'>,
  ): Promise<void> {
    const { id } = administrator.actor;
    if (isMachine(administrator))
      await this.refusals.forbid(administrator, 'machine', { account: accountId });
    if (requestedBy === id) throw new AppError('act.on-own-request');
    const people = await this.accounts.getAll([id, requestedBy]);
    if (!people.has(requestedBy)) throw new AppError('act.on-machine-request');
    if (!countsAsSecond(people.get(id)!, this.clock.now())) throw new AppError('act.too-new-to-confirm');
  }
}
