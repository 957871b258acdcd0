import { AccountService } from '@portillon/account';
import { ExportService } from '@portillon/personal-data';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

/** Prints what « Mes données » gives to an account holder who can sign in. */
export async function exportAccount(username: string, reason: string): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new CommandRefusal(`No account named ${username}`);
    const data = await app.get(ExportService).export(account, { reason, data: { by: 'command-line' } });
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  });
}
