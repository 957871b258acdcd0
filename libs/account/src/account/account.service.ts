import { Injectable } from '@nestjs/common';
import { Clock, nameKey, pageSize, Random, type Locale } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import { EntityManager, IsNull, Not } from 'typeorm';
import { MembershipService } from '../membership/membership.service';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountSearchService, typedTerms } from '../search/account-search.service';
import { requireValidChanges, requireValidDraft } from './account-fields.policy';
import { cursorAfter, LARGEST_ACCOUNT_PAGE, orderPlaceOf } from './account-list';
import type { AccountPage, AccountPageRequest } from './account-list';
import {
  columnsOf,
  newRow,
  NO_IDENTITY,
  NO_NATIONAL_ID,
  NO_REPORT,
  NOT_MOVED,
  REACHABLE,
  activeAsRead,
} from './account.columns';
import type { SignInRow } from './account.columns';
import type { AccountEntity } from './account.entity';
import { AccountRepository } from './account.repository';
import type { Account, AccountCreation, AccountDraft, AccountProfile, SignInAccount } from './account.types';
import { toAccount, toProfile, toSignInAccount } from './account.view';

/** Name and structure of a person. */
export interface PersonName {
  id: string;
  username: string;
  displayName: string;
  structureId: string | null;
}

/** Maximum number of accounts of one statement, which locks all of them. */
const PAGE = 200;

/** Reads and changes the accounts of people who may sign in. */
@Injectable()
export class AccountService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly index: AccountSearchService,
    private readonly phones: PhoneSealService,
    private readonly pendingChanges: PendingChangeRepository,
    private readonly memberships: MembershipService,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** Finds the account by user name, ignoring case and width. One statement. */
  async findByUsername(username: string, tx?: EntityManager): Promise<Account | undefined> {
    return this.#accountOf(await this.rows.find({ usernameKey: nameKey(username) }, tx));
  }

  /** As {@link findByUsername}, with the data of a sign-in only. */
  async findForSignIn(username: string): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ usernameKey: nameKey(username) }));
  }

  /** Finds the account linked to a national id (idNat_PS) of a card or Pro Santé Connect. Never matches by mail. */
  async findByNationalId(nationalId: string): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ nationalId }));
  }

  /**
   * Returns the accounts with this mail address, at most `limit`, oldest first: several people may share a mailbox. Write
   * to the account's address, never to the typed one: two spellings that are equal here may be two mailboxes elsewhere.
   */
  async findByEmail(email: string, limit: number, tx?: EntityManager): Promise<Account[]> {
    const rows = await this.rows.findByEmailKey(nameKey(email), pageSize(limit), tx);
    return rows.map((row) => this.#toAccount(row));
  }

  /** Returns the accounts with these ids, by id. One statement. */
  async getAll(ids: readonly string[], tx?: EntityManager): Promise<Map<string, Account>> {
    if (ids.length === 0) return new Map();
    const rows = await this.rows.findAll(ids, tx);
    return new Map(rows.map((row) => [row.id, this.#toAccount(row)]));
  }

  /** Names for many ids at once, for lists that have ids only. An unknown id has none. */
  async findNames(ids: Iterable<string>): Promise<Map<string, PersonName>> {
    const rows = await this.rows.findNames([...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, row]));
  }

  async get(id: string, tx?: EntityManager): Promise<Account | undefined> {
    return this.#accountOf(await this.rows.find({ id }, tx));
  }

  /** As {@link get}, with the data of a sign-in or a second factor only. */
  async getForSignIn(id: string, tx?: EntityManager): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ id }, tx));
  }

  /** As {@link get}, with the data that an application may receive only. */
  async profile(id: string): Promise<AccountProfile | undefined> {
    const row = await this.rows.findProfile(id);
    return row ? toProfile(row, this.clock.now()) : undefined;
  }

  /** Returns the account's address only, for the checks of the gate. */
  emailOf(id: string): Promise<string | undefined> {
    return this.rows.findEmail(id);
  }

  /**
   * Creates an account; its channel is mail until a number is proved.
   *
   * @throws AppError `validation.failed` for an invalid field
   */
  async create(draft: AccountDraft, tx: EntityManager): Promise<AccountCreation> {
    requireValidDraft(draft);
    const row = newRow(this.random.id(), draft, this.clock.now());
    try {
      await this.rows.insert(row, tx);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const bearer = await this.findByUsername(draft.username, tx);
      return { status: bearer ? 'username-taken' : 'national-id-taken' };
    }
    await this.memberships.addManaging(row, tx);
    await this.index.add(row, tx);
    return { status: 'created', account: (await this.get(row.id, tx))! };
  }

  /** Returns which of these user names (as {@link nameKey}) and national ids are in use, by whom. At most 500 of each. */
  async findTaken(
    usernames: readonly string[],
    nationalIds: readonly string[],
    tx?: EntityManager,
  ): Promise<Map<string, string>> {
    const asked = new Set([...usernames.map(nameKey), ...nationalIds]);
    const bearers = await this.rows.findByKeys(usernames.map(nameKey), nationalIds, tx);
    const held = bearers.flatMap(({ id, usernameKey, nationalId }) => [
      [usernameKey, id] as const,
      [nationalId ?? '', id] as const,
    ]);
    return new Map(held.filter(([key]) => asked.has(key)));
  }

  /**
   * Lists accounts in the order of `sort`, of one structure or status or of all. `text`: beginnings that an account
   * must match; all matches are then read and sorted. {@link AccountSearchService} returns them unsorted, faster.
   *
   * @throws AppError `validation.failed` for a cursor of another order
   */
  async list(request: AccountPageRequest & { text?: string }, tx?: EntityManager): Promise<AccountPage> {
    const { cursor, text, sort = 'displayName', ...page } = request;
    const terms = text === undefined ? [] : typedTerms(text);
    if (text !== undefined && terms.length === 0) return { items: [], nextCursor: null };
    const limit = pageSize(page.limit, LARGEST_ACCOUNT_PAGE);
    const asked = { ...page, sort, terms, limit: limit + 1, now: this.clock.now() };
    const rows = await this.rows.findPage(asked, cursor ? orderPlaceOf(cursor, sort) : undefined, tx);
    const kept = rows.slice(0, limit);
    const items = kept.map((row) => this.#toAccount(row));
    return { items, nextCursor: rows.length > limit ? cursorAfter(kept.at(-1)!, sort) : null };
  }

  /** Open accounts with a privileged role, by user name. For a command: it reads the whole table. */
  async administrators(): Promise<Account[]> {
    return (await this.rows.findAdministrators()).map((row) => this.#toAccount(row));
  }

  /** Number of accounts that {@link list} returns over all pages. */
  count(request: Omit<AccountPageRequest, 'cursor' | 'limit'>): Promise<number> {
    return this.rows.count({ ...request, now: this.clock.now() });
  }

  /** Accounts with this external id, of one structure or of all, at most `limit`. */
  async findByExternalId(
    externalId: string,
    structureId: string | undefined,
    limit: number,
  ): Promise<Account[]> {
    const rows = await this.rows.findByExternalId(externalId, structureId, pageSize(limit));
    return rows.map((row) => this.#toAccount(row));
  }

  /** Returns at most `limit` accounts that a directory may see, by id from `offset` on, and their total. */
  async findSlice(
    structureId: string | undefined,
    offset: number,
    limit: number,
  ): Promise<{ items: Account[]; total: number }> {
    const [rows, total] = await this.rows.findSlice(structureId, offset, limit);
    return { items: rows.map((row) => this.#toAccount(row)), total };
  }

  /** Yields the ids of the accounts of a structure, or of all, page by page. */
  async *pages(structureId: string | undefined): AsyncGenerator<string[]> {
    let ids: string[];
    let after = '';
    do {
      ids = await this.rows.findIdsAfter(after, structureId, PAGE);
      if (ids.length > 0) yield ids;
      after = ids.at(-1) ?? after;
    } while (ids.length === PAGE);
  }

  /** Links a national id to an account that has none, if no other account has it. Voids pending changes. */
  async linkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    try {
      if (!(await this.rows.change(id, { nationalId: IsNull() }, { nationalId }, tx))) return false;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
    await this.pendingChanges.deleteByAccount(id, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /** Removes this national id from the account, with all that it proved. Returns false when the account has another. */
  async unlinkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    if (!(await this.rows.change(id, { nationalId }, NO_NATIONAL_ID, tx))) return false;
    await this.rows.record(id, { identityMethod: Not('face-to-face') }, NO_IDENTITY, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /** Sets the language. Returns false when there is no such account. */
  setLocale(id: string, locale: Locale, tx?: EntityManager): Promise<boolean> {
    return this.rows.change(id, {}, { locale }, tx);
  }

  /** Sets a new password digest; with `replacing`, only in its place: of two changes that knew it, one succeeds. */
  setPassword(id: string, digest: string, tx: EntityManager, replacing?: string): Promise<boolean> {
    const guard = replacing === undefined ? {} : { passwordDigest: replacing };
    return this.rows.change(id, guard, this.#password(digest), tx);
  }

  /** Records the expiry of the invitation that `tx` sends. */
  async recordInvitation(id: string, until: Date, tx: EntityManager): Promise<void> {
    await this.rows.record(id, { status: 'INVITED' }, { invitedUntilAt: until }, tx);
  }

  /** Accepts the invitation with the first password. Returns false when the account is not invited. */
  activate(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const changes = { status: 'ACTIVE', ...this.#password(digest), ...REACHABLE } as const;
    return this.rows.change(id, { status: 'INVITED' }, changes, tx);
  }

  /**
   * Voids the passwords of these accounts after an incident, until each holder chooses one by « Mot de passe oublié ».
   * Returns the ids that had one. A sign-in in progress that proved the former password fails.
   */
  voidPasswords(ids: readonly string[], tx: EntityManager): Promise<string[]> {
    return this.rows.voidPasswords(ids, 'incident', this.clock.now(), tx);
  }

  /** Sets the password that was chosen by a link. Returns false when the account is not active at that moment. */
  resetPassword(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const changes = { ...this.#password(digest), ...REACHABLE };
    return this.rows.change(id, { status: 'ACTIVE' }, changes, tx);
  }

  /**
   * Sets a mail address that the person proved, and voids pending changes of administrators. Returns false when the
   * account is not active at that moment.
   *
   * @throws AppError `validation.failed` for an invalid address
   */
  async setEmail(id: string, email: string, tx: EntityManager): Promise<boolean> {
    requireValidChanges({ email });
    if (!(await this.rows.change(id, { status: 'ACTIVE' }, columnsOf({ email }), tx))) return false;
    await this.pendingChanges.deleteByAccount(id, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /**
   * Locks the account's row until `tx` ends and returns the account, if it is active and its password is still the one
   * that was checked. `read` is the account as it was read with that password. The account is read again only when the
   * version of `read` is out of date. A deactivation, a reset, or a change of roles or address comes entirely before
   * or entirely after the writes of `tx`. Writes nothing.
   */
  async lockForUpdate(read: SignInAccount, tx: EntityManager): Promise<SignInAccount | undefined> {
    const { id, version } = read;
    if (await this.rows.lockForUpdate(id, { status: 'ACTIVE', version }, tx)) return read;
    return (await this.rows.lockForUpdate(id, activeAsRead(read), tx))
      ? this.getForSignIn(id, tx)
      : undefined;
  }

  /** Locks the account's row until `tx` ends: concurrent transactions of one person see each other's writes. */
  async lockRow(id: string, tx: EntityManager): Promise<void> {
    await this.rows.lockForUpdate(id, {}, tx);
  }

  /**
   * Records that a session opens at `at`, and closes an open report unless the password that it voided still is. Locks the account's row until `tx` ends. Returns the
   * account, structure and policy as `tx` sees them; nothing when it is not active, or has another password than `read`.
   */
  async recordSignIn(
    id: string,
    at: Date,
    tx: EntityManager,
    read?: Pick<SignInAccount, 'passwordChangedAt'>,
  ): Promise<SignInAccount | undefined> {
    const guard = read ? activeAsRead(read) : ({ status: 'ACTIVE' } as const);
    if (!(await this.rows.record(id, guard, { lastSignedInAt: at }, tx))) return undefined;
    const account = await this.getForSignIn(id, tx);
    if (account?.reportedEventAt && !account.passwordVoid) await this.rows.record(id, {}, NO_REPORT, tx);
    return account;
  }

  /** Records the structure in use that the person chose. */
  async recordStructureInUse(id: string, structureId: string, tx: EntityManager): Promise<void> {
    await this.rows.record(id, {}, { lastStructureId: structureId }, tx);
  }

  /** Records that mail to `email` bounced permanently. Returns whether it is the account's address and news. */
  recordUnreachable(id: string, email: string, tx: EntityManager): Promise<boolean> {
    const unknown = { emailKey: nameKey(email), emailUnreachableAt: IsNull() };
    return this.rows.record(id, unknown, { emailUnreachableAt: this.clock.now() }, tx);
  }

  /** Clears the record of bounces, since a mail arrived. */
  async recordReachable(id: string, tx: EntityManager): Promise<void> {
    await this.rows.record(id, {}, REACHABLE, tx);
  }

  /** Records a prompt to add a strong means, if the last was at `before`. Returns true for one concurrent caller. */
  recordPrompt(id: string, before: Date | null): Promise<boolean> {
    const unchanged = { strongMeansPromptedAt: before ?? IsNull() };
    return this.rows.record(id, unchanged, { strongMeansPromptedAt: this.clock.now() });
  }

  /** Whether an account has a password that moved in: digests then differ in cost. */
  hasMovedPassword(): Promise<boolean> {
    return this.rows.hasMovedPassword();
  }

  /** Stores a stronger digest of the same password. Returns false when the password changed meanwhile. */
  rehash(id: string, from: string, to: string, tx?: EntityManager): Promise<boolean> {
    return this.rows.record(id, { passwordDigest: from }, { passwordDigest: to, ...NOT_MOVED }, tx);
  }

  #password(passwordDigest: string) {
    return { passwordDigest, passwordChangedAt: this.clock.now(), ...NOT_MOVED };
  }

  #accountOf(row: AccountEntity | null): Account | undefined {
    return row ? this.#toAccount(row) : undefined;
  }

  #toAccount(row: AccountEntity): Account {
    return toAccount(row, this.phones, this.clock.now());
  }

  #signInAccountOf(row: SignInRow | null): SignInAccount | undefined {
    return row ? toSignInAccount(row, this.phones, this.clock.now()) : undefined;
  }
}
