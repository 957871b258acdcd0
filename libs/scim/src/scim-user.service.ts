import { Injectable } from '@nestjs/common';
import { Account, AccountChanges, AccountService, PendingChangeService, shownName } from '@portillon/account';
import {
  AccountClosuresService,
  AccountEditsService,
  AccountInvitationsService,
  AdministeredAccountService,
  Administrator,
} from '@portillon/user-management';
import { AppError } from '@portillon/kernel';
import { ScimFailure } from './scim-error.filter';
import type { ScimSearch } from './scim-query';
import { scimChangesOf, DirectoryFields } from './scim-user';

/** The criteria by which a directory finds accounts. */
export const USER_FILTERS = ['userName', 'externalId', 'id'] as const;
type UserSearch = ScimSearch<(typeof USER_FILTERS)[number]>;

export interface ScimPage {
  items: Account[];
  total: number;
}

/** A directory's actions on accounts: each is the action of an administrator's page. */
@Injectable()
export class ScimUserService {
  constructor(
    private readonly accounts: AccountService,
    private readonly pendingChanges: PendingChangeService,
    private readonly administered: AdministeredAccountService,
    private readonly invitations: AccountInvitationsService,
    private readonly editing: AccountEditsService,
    private readonly closure: AccountClosuresService,
  ) {}

  /** @throws AppError `not-found` also for one that was deleted here, or erased */
  async get(administrator: Administrator, id: string): Promise<Account> {
    const account = await this.administered.get(administrator, id);
    if (!isPresent(account)) throw new AppError('not-found');
    return account;
  }

  /** Returns the account with this name, or one page of the accounts within reach. */
  async list(
    administrator: Administrator,
    { search, offset, limit }: { search?: UserSearch; offset: number; limit: number },
  ): Promise<ScimPage> {
    const structureId = administrator.scope.structureIds?.[0];
    if (!search) return this.accounts.findSlice(structureId, offset, limit);
    const items = await this.#find(search, structureId);
    return { items: items.slice(offset, offset + limit), total: items.length };
  }

  /**
   * Creates the account and invites its holder, or leaves it closed until the directory opens it. Restores a deleted
   * account with the same user name or external id.
   */
  async create(administrator: Administrator, fields: DirectoryFields): Promise<Account> {
    const wanted = { ...fields, displayName: shownName(fields) };
    const deleted = await this.#findDeleted(administrator, fields);
    if (deleted) return this.#restore(administrator, deleted, wanted);
    const { active, ...draft } = wanted;
    return this.invitations.invite(administrator, { ...draft, status: active ? 'INVITED' : 'DEACTIVATED' });
  }

  /**
   * Changes the account to `wanted`. Closes it first, so that no other fault keeps access open for a user who left. @throws
   * AppError as the actions do
   */
  async update(administrator: Administrator, before: Account, wanted: DirectoryFields): Promise<Account> {
    return this.#edit(administrator, await this.#setActive(administrator, before, wanted.active), wanted);
  }

  /** Closes the account and ends its sessions. The directory no longer finds it until it is opened again. */
  async delete(administrator: Administrator, id: string): Promise<void> {
    const account = await this.get(administrator, id);
    await this.closure.remove(administrator, account.id);
  }

  async #edit(
    administrator: Administrator,
    account: Account,
    wanted: DirectoryFields,
    restored: Pick<AccountChanges, 'removedAt'> = {},
  ): Promise<Account> {
    const changes = { ...scimChangesOf(account, wanted), ...restored };
    const waiting =
      changes.email === undefined ? undefined : await this.pendingChanges.find(account.id, 'email');
    // A directory repeats its request at each round: a pending change must not restart its wait.
    if (waiting && waiting.value === changes.email) delete changes.email;
    if (Object.keys(changes).length === 0) return account;
    return this.editing.edit(administrator, account.id, changes, account.version);
  }

  async #setActive(administrator: Administrator, account: Account, active: boolean): Promise<Account> {
    if (active === (account.status !== 'DEACTIVATED')) return account;
    if (!active) return this.closure.close(administrator, account.id);
    const opened = await this.closure.reopen(administrator, account.id).catch(asReadOnly);
    return opened.status === 'INVITED' ? this.invitations.inviteAgain(administrator, opened.id) : opened;
  }

  /** Edits the account while it is closed. When the edit is refused, such as for a taken user name, it stays closed. */
  async #restore(administrator: Administrator, deleted: Account, wanted: DirectoryFields): Promise<Account> {
    if (wanted.active) await this.administered.getClosedForAct(administrator, deleted.id).catch(asReadOnly);
    const edited = await this.#edit(administrator, deleted, wanted, wanted.active ? {} : { removedAt: null });
    return this.#setActive(administrator, edited, wanted.active);
  }

  async #findDeleted(
    { scope }: Administrator,
    { username, externalId }: DirectoryFields,
  ): Promise<Account | undefined> {
    const structureId = scope.structureIds?.[0];
    const named = await this.accounts.findByUsername(username);
    const called =
      externalId === null ? [] : await this.accounts.findByExternalId(externalId, structureId, 100);
    return [named, ...called].find((one) => one?.removedAt && isWithin(one, structureId));
  }

  async #find({ attribute, value }: UserSearch, structureId: string | undefined): Promise<Account[]> {
    if (attribute === 'externalId')
      return (await this.accounts.findByExternalId(value, structureId, 100)).filter(isPresent);
    const found =
      attribute === 'id' ? await this.accounts.get(value) : await this.accounts.findByUsername(value);
    return found && isPresent(found) && isWithin(found, structureId) ? [found] : [];
  }
}

function isPresent({ removedAt, email }: Account): boolean {
  return removedAt === null && email !== '';
}

function isWithin({ structure }: Account, structureId: string | undefined): boolean {
  return structureId === undefined || structure?.id === structureId;
}

/** `active` of an account that administers is not for a directory to set. */
function asReadOnly(error: unknown): never {
  if (error instanceof AppError && error.code === 'permission.denied')
    throw new ScimFailure(403, 'mutability', 'A person reopens an account that administers, in the pages.');
  throw error;
}

/** The version that the client last saw, if it sends one. @throws AppError `precondition.failed` */
export function requireVersion(account: Account, header: string | undefined): void {
  if (header === undefined || header.trim() === '*') return;
  if (header.trim().replace(/^W\//, '') !== `"${account.version}"`) throw new AppError('precondition.failed');
}
