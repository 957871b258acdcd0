import { Injectable } from '@nestjs/common';
import {
  Account,
  AccountChanges,
  AccountService,
  canonicalNationalId,
  PendingChangeService,
  shownName,
} from '@portillon/account';
import {
  AccountClosuresService,
  AccountEditsService,
  AccountInvitationsService,
  AdministeredAccountService,
  Administrator,
} from '@portillon/user-management';
import { AppError, nameKey } from '@portillon/kernel';
import { ScimFailure } from './scim-error.filter';
import { isManagedBy, KnownPerson, ScimMemberService } from './scim-member.service';
import type { ScimSearch } from './scim-query';
import { scimChangesOf, DirectoryFields, ScimPerson, SeenUser } from './scim-user';

/** The criteria by which a directory finds accounts. */
export const USER_FILTERS = ['userName', 'externalId', 'id'] as const;
type UserSearch = ScimSearch<(typeof USER_FILTERS)[number]>;

export interface ScimPage {
  items: ScimPerson[];
  total: number;
}

/** A directory's actions on people: each is the action of an administrator's page. */
@Injectable()
export class ScimUserService {
  constructor(
    private readonly accounts: AccountService,
    private readonly pendingChanges: PendingChangeService,
    private readonly members: ScimMemberService,
    private readonly administered: AdministeredAccountService,
    private readonly invitations: AccountInvitationsService,
    private readonly editing: AccountEditsService,
    private readonly closure: AccountClosuresService,
  ) {}

  /** @throws AppError `not-found` also for one that was deleted here, or erased */
  async get(administrator: Administrator, id: string): Promise<ScimPerson> {
    const structureId = structureOf(administrator);
    const [proposed] = await this.members.findProposed(structureId, { attribute: 'id', value: id });
    if (proposed) return proposed;
    const account = await this.administered.getVisible(administrator, id);
    const [person] = await this.members.findPeople(structureId, [account]);
    if (!person) throw new AppError('not-found');
    return person;
  }

  /** Returns the person whom the filter names, or one page of the members of the structure. */
  async list(
    administrator: Administrator,
    { search, offset, limit }: { search?: UserSearch; offset: number; limit: number },
  ): Promise<ScimPage> {
    const structureId = structureOf(administrator);
    if (search) {
      const items = await this.#find(search, structureId);
      return { items: items.slice(offset, offset + limit), total: items.length };
    }
    const { items, total } = await this.accounts.findSlice(structureId, offset, limit);
    return { items: await this.members.findPeople(structureId, items), total };
  }

  /**
   * Creates the account and invites its holder, or leaves it closed until the directory opens it. Restores a deleted
   * account with the same user name or external id. Proposes a membership to a person who has an account elsewhere.
   */
  async create(
    administrator: Administrator,
    fields: DirectoryFields,
    nationalId?: string,
  ): Promise<ScimPerson> {
    const wanted = { ...fields, displayName: shownName(fields) };
    const deleted = await this.#findDeleted(administrator, fields);
    if (deleted)
      return this.#titled(administrator, await this.#restore(administrator, deleted, wanted), fields);
    const known = await this.#findKnown(fields, nationalId);
    if (known) {
      const proposed = await this.members.attach(administrator, structureOf(administrator), known, fields);
      return proposed ?? this.get(administrator, known.account.id);
    }
    const { active, title: _, ...draft } = wanted;
    const status = active ? 'INVITED' : 'DEACTIVATED';
    const account = await this.invitations.invite(administrator, { ...draft, status });
    return this.#titled(administrator, account, fields);
  }

  /**
   * Changes the person to `wanted`. Closes the account first, so that no other fault keeps access open for a user who left.
   *
   * @throws AppError as the actions do
   */
  async update(
    administrator: Administrator,
    before: ScimPerson,
    wanted: DirectoryFields,
  ): Promise<ScimPerson> {
    if (before.kind !== 'managed') return this.members.update(administrator, before, wanted);
    const account = await this.#setActive(administrator, before.account, wanted.active);
    return this.#titled(administrator, await this.#edit(administrator, account, wanted), wanted);
  }

  /**
   * Closes the account and ends its sessions; of an account that another structure manages, ends the membership. The
   * directory no longer finds it until it is opened again.
   */
  async delete(administrator: Administrator, id: string): Promise<void> {
    const person = await this.get(administrator, id);
    if (person.kind !== 'managed') return this.members.delete(administrator, person);
    await this.closure.remove(administrator, person.account.id);
  }

  async #titled(
    administrator: Administrator,
    account: Account,
    { title }: DirectoryFields,
  ): Promise<ScimPerson> {
    if (title === undefined) return { kind: 'managed', account };
    return { kind: 'managed', account: await this.members.setTitle(administrator, account, title) };
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
    administrator: Administrator,
    { username, externalId }: DirectoryFields,
  ): Promise<Account | undefined> {
    const structureId = structureOf(administrator);
    const named = await this.accounts.findByUsername(username);
    const called =
      externalId === null ? [] : await this.accounts.findByExternalId(externalId, structureId, 100);
    return [named, ...called].find((one) => one?.removedAt && isManagedBy(one, structureId));
  }

  /**
   * The account that a new user has already: by the national id, or by a user name that is the mail address of the request.
   * Other equal user names may belong to two people. No answer depends on the address of an account.
   */
  async #findKnown(
    { username, email }: DirectoryFields,
    nationalId: string | undefined,
  ): Promise<KnownPerson | undefined> {
    const holder =
      nationalId === undefined
        ? undefined
        : await this.accounts.findByNationalId(canonicalNationalId(nationalId));
    if (holder) return { account: holder, by: { nationalId: nationalId! } };
    if (nameKey(username) !== nameKey(email)) return undefined;
    const named = await this.accounts.findByUsername(username);
    return named && { account: named, by: { email } };
  }

  async #find(search: UserSearch, structureId: string | undefined): Promise<ScimPerson[]> {
    const { attribute, value } = search;
    if (attribute === 'externalId') {
      const found = await this.accounts.findByExternalId(value, structureId, 100);
      const people = await this.members.findPeople(structureId, found);
      return [...people, ...(await this.members.findProposed(structureId, search))];
    }
    const found =
      attribute === 'id' ? await this.accounts.get(value) : await this.accounts.findByUsername(value);
    const people = await this.members.findPeople(structureId, found ? [found] : []);
    // The user name of another structure's account is not for this directory to learn.
    if (attribute === 'userName') return people.filter(({ kind }) => kind === 'managed');
    return people.length > 0 ? people : this.members.findProposed(structureId, search);
  }
}

/** The directory's own structure; undefined: it is the nation's. */
function structureOf({ actor }: Administrator): string | undefined {
  return actor.structure?.id;
}

/** `active` of an account that administers is not for a directory to set. */
function asReadOnly(error: unknown): never {
  if (error instanceof AppError && error.code === 'permission.denied')
    throw new ScimFailure(403, 'mutability', 'A person reopens an account that administers, in the pages.');
  throw error;
}

/** The version that the client last saw, if it sends one. @throws AppError `precondition.failed` */
export function requireVersion({ version }: Pick<SeenUser, 'version'>, header: string | undefined): void {
  if (header === undefined || header.trim() === '*') return;
  if (`W/${header.trim().replace(/^W\//, '')}` !== version) throw new AppError('precondition.failed');
}
