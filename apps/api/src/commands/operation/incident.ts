import { AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { concernedCsv, Decider, IncidentAct, IncidentService } from '@portillon/administration-setup';
import type { INestApplicationContext } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface IncidentOptions {
  reason: string;
  /** By its name. Default: all structures. */
  structure?: string;
  /** User names of the deciders. */
  decidedBy?: string[];
  yes?: boolean;
}

export interface ConcernedOptions {
  from: string;
  to: string;
  address?: string;
  json?: boolean;
}

/** A day, or an instant with its zone (RFC 3339). */
const INSTANT = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

export async function endSessions(options: IncidentOptions): Promise<void> {
  await withTables(async (app) => {
    const act = await confirmed(app, options, 'end every session and remembered browser of');
    const { sessions, browsers } = await app.get(IncidentService).endSessions(act);
    console.log(`Ended ${sessions} sessions and forgot ${browsers} browsers.`);
  });
}

export async function renewPasswords(options: IncidentOptions): Promise<void> {
  await withTables(async (app) => {
    const act = await confirmed(app, options, 'have a new password chosen by each of');
    const people = await app.get(IncidentService).renewPasswords(act);
    console.log(
      `${people} people must choose a new password by the link of the sign-in page; a mail notifies them.`,
    );
  });
}

export async function listConcerned({ from, to, address, json }: ConcernedOptions): Promise<void> {
  const request = { from: instantOf('--from', from), to: instantOf('--to', to), ...addressOf(address) };
  if (request.from >= request.to) throw new CommandRefusal('--to must be later than --from');
  await withTables(async (app) => {
    const { people, unknownNames } = await app.get(IncidentService).affectedAccounts(request);
    process.stdout.write(json ? `${JSON.stringify(people, null, 2)}\n` : concernedCsv(people));
    console.error(`${people.length} people; ${unknownNames} failures under names that no account bears.`);
  });
}

/** @throws CommandRefusal without `--yes`: it first reports how many accounts are affected */
async function confirmed(
  app: INestApplicationContext,
  { reason, structure, decidedBy = [], yes }: IncidentOptions,
  act: string,
): Promise<IncidentAct> {
  const of = await structureOf(app, structure);
  if (yes) return { reason, ...of, deciders: await decidersOf(app, decidedBy) };
  const people = await app.get(AccountService).count(of);
  throw new CommandRefusal(`This would ${act} ${people} people: run it again with --yes`);
}

async function structureOf(app: INestApplicationContext, name: string | undefined) {
  if (name === undefined) return {};
  const found = await app.get(StructureService).findByName(name);
  if (!found) throw new CommandRefusal(`No structure named ${name}`);
  return { structureIds: [found.id] };
}

/** @throws CommandRefusal unless two national administrators are named, or as many as there are */
async function decidersOf(app: INestApplicationContext, usernames: string[]): Promise<Decider[]> {
  const decision = await app.get(IncidentService).checkDeciders(usernames);
  if (decision.status === 'decided') return decision.deciders;
  if (decision.status === 'not-administrator')
    throw new CommandRefusal(
      `${decision.username} is no active national administrator, and cannot have decided it`,
    );
  throw new CommandRefusal(
    decision.wanted === 1
      ? 'Name the national administrator who decided it: --decided-by USERNAME'
      : 'Name the two national administrators who decided it; they get a mail: --decided-by USERNAME USERNAME',
  );
}

function instantOf(option: string, text: string): Date {
  const time = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time))
    throw new CommandRefusal(
      `${option} must be a day or an instant, such as 2026-11-29 or 2026-11-29T14:30:00Z`,
    );
  return new Date(time);
}

function addressOf(address: string | undefined): { address?: string } {
  if (address === undefined) return {};
  if (!ipaddr.isValid(address) && !ipaddr.isValidCIDR(address))
    throw new CommandRefusal('--address must be an address or a block, such as 192.0.2.7 or 192.0.2.0/24');
  return { address };
}
