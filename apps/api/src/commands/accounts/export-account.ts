import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { PersonalRecordsService, personalData } from '@portillon/my-account';
import { Refusal } from '../refusal';
import { withTables } from '../database/tables';

/** What « Mes données » gives to who can sign in. The journal has it before any of it is read. */
export async function exportAccount(username: string, reason: string): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new Refusal(`No account named ${username}`);
    const of = { accountId: account.id, structureId: account.structure?.id ?? null };
    const line = { name: 'data_exported', outcome: 'SUCCESS', reason, ...of } as const;
    await app.get(AuditService).record({ ...line, data: { by: 'command-line' } });
    const data = personalData(await app.get(PersonalRecordsService).collect(account));
    process.stdout.write(`${JSON.stringify(data, null, 2)}\n`);
  });
}
