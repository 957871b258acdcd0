import { Accounts, Creation, PasswordAttempts, Passwords, Structures } from '@portillon/account';
import type { INestApplicationContext } from '@nestjs/common';
import { AppError, Random } from '@portillon/kernel';
import { Otp } from '@portillon/otp';
import { Database, Migrator } from '@portillon/persistence';
import { text } from 'node:stream/consumers';
import { withContext } from './context';

export interface NewAccount {
  username: string;
  email: string;
  name: string;
  role: string[];
  structure?: string;
  locale: string;
  passwordStdin?: boolean;
}

const ROLES = new Set(['professional', 'structure-admin', 'national-admin']);
const PAGE = 100;

export async function createAccount(options: NewAccount): Promise<void> {
  refuseUnknownWords(options);
  await withContext(async (app) => {
    await app.get(Migrator).migrate();
    const password = options.passwordStdin
      ? (await text(process.stdin)).replace(/\r?\n$/, '')
      : newPassword(app);
    refuseWeakPassword(app, options, password);
    const created = await create(app, options, password);
    if (created.status !== 'created') throw new Error(`Not created: ${created.status}`);
    console.log(`Created ${options.username} (${created.account.id}).`);
    if (!options.passwordStdin) console.log(`Password, shown once: ${password}`);
  });
}

export async function listAccounts(): Promise<void> {
  await withContext(async (app) => {
    const accounts = app.get(Accounts);
    let cursor: string | undefined;
    do {
      const page = await accounts.list({ limit: PAGE, ...(cursor ? { cursor } : {}) });
      for (const one of page.items) {
        console.log(
          [one.username, one.status, one.roles.join('+'), one.structure?.name ?? '-', one.displayName].join(
            '\t',
          ),
        );
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
  });
}

export async function unlockAccount(username: string): Promise<void> {
  await withContext(async (app) => {
    const account = await app.get(Accounts).findByUsername(username);
    if (!account) throw new Error(`No account named ${username}`);
    await app.get(PasswordAttempts).unlock(account.username);
    await app.get(Otp).unlock(account.id);
    console.log(`Unlocked ${account.username}.`);
  });
}

async function create(
  app: INestApplicationContext,
  options: NewAccount,
  password: string,
): Promise<Creation> {
  const passwordDigest = await app.get(Passwords).hash(password);
  const structureId = options.structure ? await structureIdOf(app.get(Structures), options.structure) : null;
  const draft = {
    username: options.username,
    email: options.email,
    displayName: options.name,
    roles: options.role,
    locale: options.locale as 'fr' | 'en',
    structureId,
    status: 'ACTIVE',
    passwordDigest,
  } as const;
  return app.get(Database).transaction((tx) => app.get(Accounts).create(draft, tx));
}

async function structureIdOf(structures: Structures, name: string): Promise<string> {
  const found = await structures.findByName(name);
  if (found) return found.id;
  const created = await structures.create(name);
  if (created.status === 'created') return created.structure.id;
  throw new Error(`The structure ${name} was just made by somebody else: run the command again`);
}

function refuseUnknownWords(options: NewAccount): void {
  const unknown = options.role.filter((role) => !ROLES.has(role));
  if (unknown.length > 0)
    throw new Error(`Unknown role: ${unknown.join(', ')}. Roles: ${[...ROLES].join(', ')}`);
  if (!['fr', 'en'].includes(options.locale)) throw new Error('The locale is fr or en');
}

function refuseWeakPassword(app: INestApplicationContext, options: NewAccount, password: string): void {
  const assessment = app.get(Passwords).assess(password, [options.username, options.name, options.email]);
  if (assessment.acceptable) return;
  throw new AppError('password.weak', 'invalid', {
    detail: `Password refused: ${assessment.reasons.join(', ')}`,
  });
}

function newPassword(app: INestApplicationContext): string {
  return app.get(Random).bytes(15).toString('base64url');
}
