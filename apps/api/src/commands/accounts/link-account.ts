import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { maskNationalId } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { SecurityNoticeService } from '@portillon/security-notice';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

const NATIONAL_ID = /^[0-9A-Za-z./-]{4,32}$/;

/** Links an account to its holder's card or e-CPS, from the command line; a link is never replaced. */
export async function linkAccount(username: string, nationalId: string): Promise<void> {
  if (!NATIONAL_ID.test(nationalId))
    throw new CommandRefusal('A national id has 4 to 32 letters, digits, dots, slashes');
  await withTables(async (app) => {
    const accounts = app.get(AccountService);
    const account = await accounts.findByUsername(username);
    if (!account) throw new CommandRefusal(`No account named ${username}`);
    const data = { nationalId: maskNationalId(nationalId), by: 'command-line' } as const;
    const linked = await app.get(Transactions).run(async (tx) => {
      if (!(await accounts.linkNationalId(account.id, nationalId, tx))) return false;
      const event = { name: 'identity_linked', outcome: 'SUCCESS', accountId: account.id, data } as const;
      await app.get(AuditService).record(event, tx);
      await app.get(SecurityNoticeService).notify('identity-linked', account, { by: 'administrator' }, tx);
      return true;
    });
    if (!linked)
      throw new CommandRefusal(
        'Not linked: the account has a national id already, or another account has this one',
      );
    console.log(`Linked ${account.username} to ${data.nationalId}.`);
  });
}
