import { type Account, AccountService } from '@portillon/account';
import { ErasureEffectService, isPastDay } from '@portillon/administration';
import { AuditService } from '@portillon/audit';
import type { INestApplicationContext } from '@nestjs/common';
import { AppError, Clock } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Refusal } from '../refusal';
import { withTables } from '../database/tables';

export interface ErasureOptions {
  reason: string;
  received?: string;
  yes?: boolean;
}

/** Who has the server's shell is no administrator: one person does it, and the journal says so. */
export async function eraseAccount(username: string, options: ErasureOptions): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new Refusal(`No account named ${username}`);
    const receivedOn = dayOf(app, options.received);
    if (!options.yes)
      throw new Refusal(
        `This would erase ${account.displayName} (${account.id}) for ever: run it again with --yes`,
      );
    await erase(app, account, { receivedOn, reason: options.reason });
    console.log(`Erased the account of ${account.username} (${account.id}).`);
  });
}

function dayOf(app: INestApplicationContext, day: string | undefined): string {
  const now = app.get(Clock).now();
  if (day === undefined) return now.toISOString().slice(0, 10);
  if (isPastDay(day, now)) return day;
  throw new Refusal('--received must be a day that has come, such as 2026-11-20');
}

async function erase(
  app: INestApplicationContext,
  account: Account,
  { receivedOn, reason }: { receivedOn: string; reason: string },
): Promise<void> {
  const ground = { is: 'ordered', version: account.version } as const;
  const of = { accountId: account.id, structureId: account.structure?.id ?? null };
  const data = { by: 'command-line', receivedOn } as const;
  const erased = app.get(Transactions).run(async (tx) => {
    if (!(await app.get(ErasureEffectService).apply(account, ground, tx)))
      throw new Refusal(
        `The account of ${account.username} changed meanwhile, or is erased: look at it again`,
      );
    const line = { name: 'user_deleted', outcome: 'SUCCESS', reason, data, ...of } as const;
    await app.get(AuditService).record(line, tx);
  });
  await erased.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'administrator.last') throw error;
    throw new Refusal('It is the last national administrator: create another one first');
  });
}
