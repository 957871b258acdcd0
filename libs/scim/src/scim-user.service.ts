import { Injectable } from '@nestjs/common';
import { Account, AccountService, PendingChangeService } from '@portillon/account';
import {
  AccountClosureService,
  AccountEditService,
  AccountInvitationService,
  AdministeredAccountService,
  Administrator,
} from '@portillon/administration';
import { AppError } from '@portillon/kernel';
import { ScimFailure } from './scim-failure';
import { readFilter } from './scim-filter';
import { changesOf, DirectoryFields } from './scim-user';

export interface ScimPage {
  items: Account[];
  total: number;
}

/** What a directory does with accounts: each act is the one that an administrator does at a page. */
@Injectable()
export class ScimUserService {
  constructor(
    private readonly accounts: AccountService,
    private readonly pendingChanges: PendingChangeService,
    private readonly administered: AdministeredAccountService,
    private readonly invitations: AccountInvitationService,
    private readonly editing: AccountEditService,
    private readonly closure: AccountClosureService,
  ) {}

  get(administrator: Administrator, id: string): Promise<Account> {
    return this.administered.get(administrator, id);
  }

  /** The account with a name, or so many of those within reach. */
  async list(
    administrator: Administrator,
    { filter, offset, limit }: { filter?: string; offset: number; limit: number },
  ): Promise<ScimPage> {
    const structureId = administrator.scope.structureId ?? undefined;
    if (filter === undefined) return this.accounts.slice(structureId, offset, limit);
    const items = await this.#find(filter, structureId);
    return { items: items.slice(offset, offset + limit), total: items.length };
  }

  /** Creates the account and invites its person. @throws ScimFailure `invalidValue` when it is to begin closed */
  create(administrator: Administrator, { active, ...draft }: DirectoryFields): Promise<Account> {
    if (!active)
      throw new ScimFailure(400, 'invalidValue', 'An account begins active: its person is invited.');
    return this.invitations.invite(administrator, draft);
  }

  /**
   * Brings the account to `wanted`: it is closed first, so that nothing else can keep a person in who left.
   * @throws AppError as the acts do
   */
  async update(administrator: Administrator, before: Account, wanted: DirectoryFields): Promise<Account> {
    const account = await this.#setActive(administrator, before, wanted.active);
    const changes = changesOf(account, wanted);
    const waiting =
      changes.email === undefined ? undefined : await this.pendingChanges.find(account.id, 'email');
    // A directory says again at each round what waits already: it would wait for ever.
    if (waiting && waiting.value === changes.email) delete changes.email;
    if (Object.keys(changes).length === 0) return account;
    return this.editing.edit(administrator, account.id, changes, account.version);
  }

  /** Closes the account, with whatever is open; nothing when it is closed. */
  async close(administrator: Administrator, id: string): Promise<void> {
    const account = await this.administered.touch(administrator, id);
    await this.#setActive(administrator, account, false);
  }

  async #setActive(administrator: Administrator, account: Account, active: boolean): Promise<Account> {
    if (active === (account.status !== 'DEACTIVATED')) return account;
    return active
      ? this.closure.reopen(administrator, account.id)
      : this.closure.close(administrator, account.id);
  }

  async #find(filter: string, structureId: string | undefined): Promise<Account[]> {
    const { attribute, value } = readFilter(filter);
    if (attribute === 'externalid') return this.accounts.findByExternalId(value, structureId, 100);
    const found =
      attribute === 'id' ? await this.accounts.get(value) : await this.accounts.findByUsername(value);
    const isWithin = structureId === undefined || found?.structure?.id === structureId;
    return found && isWithin ? [found] : [];
  }
}

/** The version that a change says it saw, where it says one. @throws AppError `precondition.failed` */
export function requireVersion(account: Account, header: string | undefined): void {
  if (header === undefined || header.trim() === '*') return;
  if (header.trim().replace(/^W\//, '') !== `"${account.version}"`) throw new AppError('precondition.failed');
}
