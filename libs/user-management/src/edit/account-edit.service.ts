import { Injectable } from '@nestjs/common';
import { Account, AccountAdministrationService, AccountChanges } from '@portillon/account';
import { AuditData } from '@portillon/audit';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { ActJournalService, JournalAct } from '../rights/act-journal.service';
import type { Administrator } from '../rights/administrator.types';
import { isNational } from '../rights/rights.policy';
import { AccountEditEffectService } from './account-edit-effect.service';
import { AccountEditRuleService } from './account-edit-rule.service';
import { accountTaken } from './account-taken';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { LastAdministratorService } from '../close/last-administrator.service';

/** The fields of an account are changed. */
@Injectable()
export class AccountEditService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly rules: AccountEditRuleService,
    private readonly lastAdministrator: LastAdministratorService,
    private readonly administration: AccountAdministrationService,
    private readonly effects: AccountEditEffectService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * Changes the account, if it still has `version`. New rights apply at once, also in open sessions. A new mail address
   * ends everything opened with the old one. Changes that wait for a second administrator are not written yet.
   *
   * @throws AppError `precondition.failed`, `account.taken`, `act.on-self`, `administrator.last`, `permission.denied`,
   * `not-found`, `validation.failed`
   */
  async edit(
    administrator: Administrator,
    id: string,
    changes: AccountChanges,
    version: number,
    reason?: string,
  ): Promise<Account> {
    const before = await this.administered.touch(administrator, id);
    await this.rules.requireAllowed(administrator, before, changes);
    // Writes only what was checked: a newer version could be another account than `before`.
    if (before.version !== version) throw new AppError('precondition.failed');
    const waiting = this.rules.waiting(administrator, before, changes);
    const present = without(changes, waiting);
    await this.transactions.run(async (tx) => {
      if (present.roles && !isNational(present.roles))
        await this.lastAdministrator.requireAnother(before, tx);
      await this.#write(before, present, version, tx);
      await this.effects.apply(administrator, before, { present, waiting, reason }, tx);
      if (Object.keys(present).length > 0 || Object.keys(waiting).length === 0)
        await this.journal.recordOnAccount(administrator, before, { ...actOf(present), reason }, tx);
    });
    return this.administered.get(administrator, id);
  }

  async #write(before: Account, changes: AccountChanges, version: number, tx: EntityManager): Promise<void> {
    const { status } = await this.administration.edit(before.id, changes, version, tx);
    if (status === 'edited') return;
    if (status === 'moved') throw new AppError('precondition.failed');
    if (status === 'missing') throw new AppError('not-found');
    throw accountTaken(status);
  }
}

function without(changes: AccountChanges, waiting: AccountChanges): AccountChanges {
  const present = Object.entries(changes).filter(([field]) => !Object.hasOwn(waiting, field));
  return Object.fromEntries(present);
}

function actOf(present: AccountChanges): JournalAct {
  return { name: eventOf(present), data: changedFields(present) };
}

function eventOf(changes: AccountChanges) {
  return changes.roles ? 'privilege_permissions_changed' : 'user_updated';
}

/** Names the fields, and the new rights; other values are personal data. */
function changedFields(changes: AccountChanges): AuditData {
  const { roles, structureId } = changes;
  return {
    fields: Object.keys(changes) as (keyof AccountChanges)[],
    ...(roles && { roles }),
    ...(structureId !== undefined && { structureId }),
  };
}
