import { AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import type { INestApplicationContext } from '@nestjs/common';
import { egressKey, numberPrefix } from '@portillon/auth';
import { limitSubjectsOf } from '@portillon/access';
import { addressBlock } from '@portillon/http';
import { isAmong, itemsOf, maskEmail, maskPhone } from '@portillon/kernel';
import { CountedLimit, CountedLimitService, LimitSubject } from '@portillon/rate-limit';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

/** The subject of the limits: the given option. */
export interface LimitSelection {
  account?: string;
  /** A mail address, or a number as `+33612345678`. */
  address?: string;
  /** A network address of the block. */
  block?: string;
}

export interface ListLimitsOptions extends LimitSelection {
  json?: boolean;
}

/** The subject of the limits, as the journal names it: no address in clear. */
interface Selected {
  subjects: LimitSubject[];
  accountId?: string;
  limitsOf: string;
}

export async function listLimits({ json, ...selection }: ListLimitsOptions): Promise<void> {
  await withTables(async (app) => {
    const { subjects } = await select(app, selection);
    const counted = await app.get(CountedLimitService).list(subjects);
    if (json) return console.log(JSON.stringify(counted, null, 2));
    for (const one of counted) console.log(lineOf(one));
    if (counted.length === 0) console.log('Nothing is counted now.');
  });
}

export async function clearLimits(selection: LimitSelection): Promise<void> {
  await withTables(async (app) => {
    const { subjects, accountId, limitsOf } = await select(app, selection);
    await app.get(CountedLimitService).clear(subjects);
    await recordAct(app, { name: 'limits_cleared', accountId, data: { limitsOf } });
    console.log(`Cleared the limits of ${limitsOf}.`);
  });
}

/** @throws CommandRefusal unless one is named, and known */
async function select(app: INestApplicationContext, selection: LimitSelection): Promise<Selected> {
  const { account, address, block } = selection;
  if (Object.values(selection).length !== 1)
    throw new CommandRefusal('Name one of --account, --address and --block');
  if (account !== undefined) return ofAccount(app, account);
  if (address !== undefined) return ofAddress(address);
  return ofBlock(app.get(StructureService), block!);
}

async function ofAccount(app: INestApplicationContext, username: string): Promise<Selected> {
  const account = await app.get(AccountService).findByUsername(username);
  if (!account) throw new CommandRefusal(`No account named ${username}`);
  // What the structures of an administrator may propose is counted for each of them.
  const structures = account.memberships.map(
    ({ structure: { id } }) => ({ kind: 'account', value: id }) as const,
  );
  const subjects = [...limitSubjectsOf(account), ...structures];
  return { subjects, accountId: account.id, limitsOf: account.username };
}

function ofAddress(address: string): Selected {
  const subject: LimitSubject = { kind: 'address', value: address };
  if (!address.startsWith('+')) return { subjects: [subject], limitsOf: maskEmail(address) };
  const neighbours: LimitSubject = { kind: 'number-prefix', value: numberPrefix(address) };
  return { subjects: [subject, neighbours], limitsOf: maskPhone(address) };
}

/** Includes the separate counts for users of the structures that declared this address as their own. */
async function ofBlock(structures: StructureService, address: string): Promise<Selected> {
  const block = addressBlock(address);
  if (block === 'unknown') throw new CommandRefusal(`${address} is no network address`);
  const subjects: LimitSubject[] = [{ kind: 'block', value: block }];
  for await (const { id, policy } of itemsOf((range) => structures.list(range)))
    if (isAmong(address, policy.egressAddresses))
      subjects.push({ kind: 'block', value: egressKey(id, block) });
  return { subjects, limitsOf: block };
}

function lineOf({ limit, hits, max, endsAt }: CountedLimit): string {
  const state = hits >= max ? 'FULL' : 'open';
  return [limit, state, `${hits} of ${max}`, `until ${endsAt.toISOString()}`].join('\t');
}
