import { AccountAdministrationService, AccountService } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { Transactions } from '@portillon/persistence';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

/** Closes an account on behalf of the operator: ends its sessions and remembered browsers. */
export async function deactivateAccount(username: string): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new CommandRefusal(`No account named ${username}`);
    const administration = app.get(AccountAdministrationService);
    const closed = await app.get(Transactions).run(async (tx) => {
      const stays = await administration.staysNational(account.id, tx);
      if (!(await administration.deactivate(account.id, tx))) return undefined;
      await app.get(FactorResetService).endAll(account.id, 'deactivated', tx);
      await recordAct(app, { name: 'user_archived', accountId: account.id }, tx);
      return { stays };
    });
    if (!closed) throw new CommandRefusal(`The account of ${username} is closed already`);
    console.log(`Closed the account of ${account.username}.`);
    if (!closed.stays) console.log('It was the last national administrator: create another one.');
  });
}
