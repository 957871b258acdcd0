import { AccountCreation, AccountService } from '@portillon/account';
import { StructureService } from '@portillon/structure';
import { AccountLimitService } from '@portillon/access';
import {
  PasswordAttemptService,
  PasswordHashingService,
  PasswordStrengthService,
} from '@portillon/credential';
import type { INestApplicationContext } from '@nestjs/common';
import { itemsOf, Random } from '@portillon/kernel';
import { DispatcherService } from '@portillon/notification';
import { OtpService } from '@portillon/otp';
import { Transactions, MigratorService } from '@portillon/persistence';
import { InvitationService } from '@portillon/recovery';
import { text } from 'node:stream/consumers';
import type { EntityManager } from 'typeorm';
import { withContext } from '../context';
import { recordAct } from '../record-act';
import { CommandRefusal } from '../refusal';
import { withTables } from '../database/tables';

export interface NewAccount {
  username: string;
  email: string;
  name: string;
  role: string[];
  structure?: string;
  locale: string;
  passwordStdin?: boolean;
  invite?: boolean;
}

export async function createAccount(options: NewAccount): Promise<void> {
  await withContext(async (app) => {
    await app.get(MigratorService).migrate();
    if (isInvited(options)) return invite(app, options);
    const password = options.passwordStdin
      ? (await text(process.stdin)).replace(/\r?\n$/, '')
      : newPassword(app);
    await refuseWeakPassword(app, options, password);
    const created = await create(app, options, password);
    if (created.status !== 'created') throw new CommandRefusal(`Not created: ${created.status}`);
    console.log(`Created ${options.username} (${created.account.id}).`);
    if (!options.passwordStdin) console.log(`Password, shown once: ${password}`);
  });
}

export async function listAccounts(): Promise<void> {
  await withTables(async (app) => {
    const accounts = app.get(AccountService);
    for await (const one of itemsOf((range) => accounts.list(range)))
      console.log(
        [one.username, one.status, one.roles.join('+'), one.structure?.name ?? '-', one.displayName].join(
          '\t',
        ),
      );
  });
}

export async function unlockAccount(username: string): Promise<void> {
  await withTables(async (app) => {
    const account = await app.get(AccountService).findByUsername(username);
    if (!account) throw new CommandRefusal(`No account named ${username}`);
    await app.get(PasswordAttemptService).unlock(account.username);
    await app.get(OtpService).unlock(account.id);
    await app.get(AccountLimitService).clear(account);
    const needsLink = account.passwordVoid !== null && account.status === 'ACTIVE';
    await app.get(Transactions).run(async (tx) => {
      if (needsLink) await app.get(InvitationService).sendPasswordLink(account, tx);
      await recordAct(app, { name: 'authn_unlock', accountId: account.id }, tx);
    });
    console.log(`Unlocked ${account.username}.`);
    if (needsLink) console.log(`The password is void: a link to choose another goes to ${account.email}.`);
  });
}

/** A national administrator chooses the first password alone: it was on no terminal. */
function isInvited({ invite: asked, role, passwordStdin }: NewAccount): boolean {
  return !passwordStdin && (asked === true || role.includes('national-admin'));
}

/** The invitation leaves with the outbox of a running server, or at once; its link opens the guided first visit. */
async function invite(app: INestApplicationContext, options: NewAccount): Promise<void> {
  const structureId = options.structure
    ? await structureIdOf(app.get(StructureService), options.structure)
    : null;
  const created = await app.get(Transactions).run(async (tx) => {
    const made = await make(app, { ...draftOf(options, structureId), status: 'INVITED' }, tx);
    if (made.status === 'created') await app.get(InvitationService).send(made.account, { id: null }, tx);
    return made;
  });
  if (created.status !== 'created') throw new CommandRefusal(`Not created: ${created.status}`);
  console.log(`Created ${options.username} (${created.account.id}).`);
  await app.get(DispatcherService).dispatchPending(1);
  console.log(`Invitation sent to ${options.email}: its link is good for 7 days.`);
}

function draftOf(options: NewAccount, structureId: string | null) {
  return {
    username: options.username,
    email: options.email,
    displayName: options.name,
    roles: options.role,
    locale: options.locale as 'fr' | 'en',
    structureId,
  };
}

async function create(
  app: INestApplicationContext,
  options: NewAccount,
  password: string,
): Promise<AccountCreation> {
  const passwordDigest = await app.get(PasswordHashingService).hash(password);
  const structureId = options.structure
    ? await structureIdOf(app.get(StructureService), options.structure)
    : null;
  const draft = { ...draftOf(options, structureId), status: 'ACTIVE', passwordDigest } as const;
  return app.get(Transactions).run((tx) => make(app, draft, tx));
}

/** An account is made with its line in the journal, or not at all. */
async function make(
  app: INestApplicationContext,
  draft: Parameters<AccountService['create']>[0],
  tx: EntityManager,
): Promise<AccountCreation> {
  const made = await app.get(AccountService).create(draft, tx);
  if (made.status === 'created') {
    const { id, structure, roles } = made.account;
    const on = { accountId: id, structureId: structure?.id ?? null };
    await recordAct(app, { name: 'user_created', ...on, data: { roles } }, tx);
  }
  return made;
}

async function structureIdOf(structures: StructureService, name: string): Promise<string> {
  const found = await structures.findByName(name);
  if (found) return found.id;
  const created = await structures.create(name);
  if (created.status === 'created') return created.structure.id;
  throw new CommandRefusal(`The structure ${name} was just created by another command: run this one again`);
}

async function refuseWeakPassword(
  app: INestApplicationContext,
  options: NewAccount,
  password: string,
): Promise<void> {
  const assessment = await app.get(PasswordStrengthService).assess(password, namesOf(options));
  if (assessment.acceptable) return;
  throw new CommandRefusal(`Password refused: ${assessment.reasons.join(', ')}`);
}

function namesOf({ username, name, email, structure }: NewAccount): string[] {
  return [username, name, email, ...(structure ? [structure] : [])];
}

function newPassword(app: INestApplicationContext): string {
  return app.get(Random).bytes(15).toString('base64url');
}
