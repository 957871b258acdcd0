import { AccountService } from '@portillon/account';
import { ErasureService } from '@portillon/personal-data';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface ErasureOptions {
  reason: string;
  received?: string;
  yes?: boolean;
}

export async function eraseAccount(
  username: string,
  { reason, received, yes }: ErasureOptions,
): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new CommandRefusal(`No account named ${username}`);
    const erasure = app.get(ErasureService);
    const receivedOn = erasure.dayOf(received);
    if (!receivedOn) throw new CommandRefusal('--received must be a day that has come, such as 2026-11-20');
    if (!yes)
      throw new CommandRefusal(
        `This would erase ${account.displayName} (${account.id}) for ever: run it again with --yes`,
      );
    const result = await erasure.eraseByOrder(account, { receivedOn, reason });
    if (result === 'last-administrator')
      throw new CommandRefusal('It is the last national administrator: create another one first');
    if (result === 'changed')
      throw new CommandRefusal(
        `The account of ${account.username} changed meanwhile, or is erased: look at it again`,
      );
    console.log(`Erased the account of ${account.username} (${account.id}).`);
  });
}
