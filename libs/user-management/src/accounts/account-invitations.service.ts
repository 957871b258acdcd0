import { Injectable } from '@nestjs/common';
import { Account, AccountDraft, AccountService } from '@portillon/account';
import { InvitationService } from '@portillon/recovery';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { ActJournalService } from '../rights/act-journal.service';
import type { Administrator } from '../rights/actor';
import { AdministeredAccountService } from '../rights/administered-account.service';
import { accountTaken } from './accounts.errors';

/** Creates an account with its invitation, and sends the invitation again. */
@Injectable()
export class AccountInvitationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly administered: AdministeredAccountService,
    private readonly accounts: AccountService,
    private readonly invitations: InvitationService,
    private readonly journal: ActJournalService,
  ) {}

  /**
   * Creates an account. The holder of a closed draft is invited when it is opened. @throws AppError `account.taken`,
   * `permission.denied`, `not-found` for a structure out of reach, `validation.failed`
   */
  async invite(administrator: Administrator, draft: AccountDraft): Promise<Account> {
    const roles = draft.roles?.length ? draft.roles : ['professional'];
    await this.administered.requireGrantable(administrator, roles);
    const structureId = await this.administered.structureFor(administrator, draft.structureId, roles);
    const id = await this.transactions.run(async (tx) => {
      const status = draft.status ?? 'INVITED';
      const created = await this.accounts.create({ ...draft, roles, structureId, status }, tx);
      if (created.status !== 'created') throw accountTaken(created.status);
      const { account } = created;
      if (status === 'INVITED') await this.invitations.send(account, inviterOf(administrator), tx);
      await this.journal.recordOnAccount(
        administrator,
        account,
        { name: 'user_created', data: { roles } },
        tx,
      );
      return account.id;
    });
    return this.administered.get(administrator, id);
  }

  /** @throws AppError `account.state` when the account has a password, or is closed */
  async inviteAgain(administrator: Administrator, id: string, reason?: string): Promise<Account> {
    const account = await this.administered.getForAct(administrator, id);
    if (account.status !== 'INVITED') throw new AppError('account.state');
    await this.transactions.run(async (tx) => {
      await this.administered.lockForUpdate(account, tx);
      await this.invitations.send(account, inviterOf(administrator), tx);
      const act = { name: 'user_invitation_resent', reason } as const;
      await this.journal.recordOnAccount(administrator, account, act, tx);
    });
    return this.administered.get(administrator, id);
  }
}

function inviterOf({ actor, client }: Administrator) {
  return { id: actor.id, client };
}
