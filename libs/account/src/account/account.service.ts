import { Injectable } from '@nestjs/common';
import { Clock, nameKey, pageSize, Random } from '@portillon/kernel';
import { isUniqueViolation } from '@portillon/persistence';
import { EntityManager, IsNull, Not } from 'typeorm';
import { requireValidChanges, requireValidDraft } from './account-fields.policy';
import { cursorAfter, placeOf } from './account-order';
import type { AccountPage, AccountPageRequest } from './account-page.types';
import { columnsOf, newRow, NO_IDENTITY, NO_NATIONAL_ID, REACHABLE } from './account.columns';
import type { AccountEntity } from './account.entity';
import { AccountRepository } from './account.repository';
import type {
  Account,
  AccountCreation,
  AccountDraft,
  AccountProfile,
  Locale,
  SignInAccount,
} from './account.types';
import { toAccount, toProfile, toSignInAccount } from './account.view';
import { PendingChangeRepository } from '../pending-change/pending-change.repository';
import { PhoneSealService } from '../phones/phone-seal.service';
import { AccountIndexService } from '../search/account-index.service';
import { typedTerms } from '../search/search-terms';
import type { SignInRow } from './sign-in.columns';

/** The people who may sign in. */
@Injectable()
export class AccountService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly index: AccountIndexService,
    private readonly phones: PhoneSealService,
    private readonly pendingChanges: PendingChangeRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** The account that signs in under `username`, however its case and width are typed. One statement. */
  async findByUsername(username: string, tx?: EntityManager): Promise<Account | undefined> {
    return this.#accountOf(await this.rows.find({ usernameKey: nameKey(username) }, tx));
  }

  /** As {@link findByUsername}, of what a sign-in uses alone. */
  async findForSignIn(username: string): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ usernameKey: nameKey(username) }));
  }

  /** The account linked to a national id (idNat_PS), as a card or Pro Santé Connect names it. Never found by mail. */
  async findByNationalId(nationalId: string): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ nationalId }));
  }

  /**
   * The accounts whose mail address this is, at most `limit`, the oldest first: several people may share a mailbox. Write
   * to the address that the account has, never to the one that was typed: two spellings may be the same to us and two
   * mailboxes to the world.
   */
  async findByEmail(email: string, limit: number, tx?: EntityManager): Promise<Account[]> {
    const rows = await this.rows.findByEmailKey(nameKey(email), pageSize(limit), tx);
    return rows.map((row) => toAccount(row, this.phones));
  }

  /** The accounts with these ids, by id. One statement. */
  async getAll(ids: readonly string[], tx?: EntityManager): Promise<Map<string, Account>> {
    if (ids.length === 0) return new Map();
    const rows = await this.rows.findAll(ids, tx);
    return new Map(rows.map((row) => [row.id, toAccount(row, this.phones)]));
  }

  async get(id: string, tx?: EntityManager): Promise<Account | undefined> {
    return this.#accountOf(await this.rows.find({ id }, tx));
  }

  /** As {@link get}, of what a sign-in or a second factor uses alone. */
  async getForSignIn(id: string, tx?: EntityManager): Promise<SignInAccount | undefined> {
    return this.#signInAccountOf(await this.rows.findForSignIn({ id }, tx));
  }

  /** As {@link get}, of what an application may learn alone. */
  async profile(id: string): Promise<AccountProfile | undefined> {
    const row = await this.rows.findProfile(id);
    return row ? toProfile(row) : undefined;
  }

  /** The address of the account, and no more of it: for the checks of the gate. */
  emailOf(id: string): Promise<string | undefined> {
    return this.rows.emailOf(id);
  }

  /**
   * Opens an account; mail is its channel until a number is proved.
   * @throws AppError `validation.failed` when a field cannot be kept.
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
    await this.index.add(row, tx);
    return { status: 'created', account: (await this.get(row.id, tx))! };
  }

  /** Which of these user names (as {@link nameKey}) and national ids an account bears already. At most 500 of each. */
  async taken(
    usernames: readonly string[],
    nationalIds: readonly string[],
    tx?: EntityManager,
  ): Promise<Set<string>> {
    const asked = new Set([...usernames.map(nameKey), ...nationalIds]);
    const bearers = await this.rows.bearers(usernames.map(nameKey), nationalIds, tx);
    const held = bearers.flatMap((one) => [one.usernameKey, one.nationalId ?? '']);
    return new Set(held.filter((one) => asked.has(one)));
  }

  /**
   * Accounts in the order of `sort`, of one structure or status or of all; with `text`, those that have all its
   * beginnings, which an order makes it look up whole: {@link AccountSearchService} gives them as they are met.
   * @throws AppError `validation.failed` when the cursor is none that a page of this order gave.
   */
  async list(request: AccountPageRequest & { text?: string }, tx?: EntityManager): Promise<AccountPage> {
    const { cursor, text, sort = 'displayName', ...page } = request;
    const terms = text === undefined ? [] : typedTerms(text);
    if (text !== undefined && terms.length === 0) return { items: [], nextCursor: null };
    const limit = pageSize(page.limit);
    const asked = { ...page, sort, terms, limit: limit + 1, now: this.clock.now() };
    const rows = await this.rows.page(asked, cursor ? placeOf(cursor, sort) : undefined, tx);
    const kept = rows.slice(0, limit);
    const items = kept.map((row) => toAccount(row, this.phones));
    return { items, nextCursor: rows.length > limit ? cursorAfter(kept.at(-1)!, sort) : null };
  }

  /** Who has a role that reaches others' and is not closed, by user name. For a command: it reads the whole table. */
  async administrators(): Promise<Account[]> {
    return (await this.rows.administering()).map((row) => toAccount(row, this.phones));
  }

  /** How many accounts {@link list} gives page by page. */
  count(request: Omit<AccountPageRequest, 'cursor' | 'limit'>): Promise<number> {
    return this.rows.count({ ...request, now: this.clock.now() });
  }

  /** Those whom a directory calls so, of one structure or of all, at most `limit`. */
  async findByExternalId(
    externalId: string,
    structureId: string | undefined,
    limit: number,
  ): Promise<Account[]> {
    const rows = await this.rows.findByExternalId(externalId, structureId, pageSize(limit));
    return rows.map((row) => toAccount(row, this.phones));
  }

  /** At most `limit` accounts that a directory may see, by id after the first `offset`, and how many there are. */
  async slice(
    structureId: string | undefined,
    offset: number,
    limit: number,
  ): Promise<{ items: Account[]; total: number }> {
    const [rows, total] = await this.rows.slice(structureId, offset, limit);
    return { items: rows.map((row) => toAccount(row, this.phones)), total };
  }

  /**
   * Links a national id to an account that has none: not linked when it has one, or when another account has this one.
   * What an administrator asked for is void.
   */
  async linkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    try {
      if (!(await this.rows.change(id, { nationalId: IsNull() }, { nationalId }, tx))) return false;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
    await this.pendingChanges.deleteOf(id, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /** Takes that national id off the account, with all it proved. False when the account has another by now, or none. */
  async unlinkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    if (!(await this.rows.change(id, { nationalId }, NO_NATIONAL_ID, tx))) return false;
    await this.rows.note(id, { identityMethod: Not('face-to-face') }, NO_IDENTITY, tx);
    await this.index.renew(id, tx);
    return true;
  }

  /** Whether there is such an account. */
  setLocale(id: string, locale: Locale, tx?: EntityManager): Promise<boolean> {
    return this.rows.change(id, {}, { locale }, tx);
  }

  /**
   * Keeps a new password digest. With `replacing`, false when the digest is no longer that one: of two changes that
   * knew the same old password, one wins.
   */
  setPassword(id: string, digest: string, tx: EntityManager, replacing?: string): Promise<boolean> {
    const guard = replacing === undefined ? {} : { passwordDigest: replacing };
    return this.rows.change(id, guard, this.#password(digest), tx);
  }

  /** Notes until when the invitation is good that is sent in `tx`. */
  async recordInvitation(id: string, until: Date, tx: EntityManager): Promise<void> {
    await this.rows.note(id, { status: 'INVITED' }, { invitedUntilAt: until }, tx);
  }

  /** Takes the invitation up with the first password. False when the account is no longer, or not yet, an invited one. */
  activate(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const changes = { status: 'ACTIVE', ...this.#password(digest), ...REACHABLE } as const;
    return this.rows.change(id, { status: 'INVITED' }, changes, tx);
  }

  /** Keeps the password that was chosen by a link. False when the account is not active at that very moment. */
  resetPassword(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const changes = { ...this.#password(digest), ...REACHABLE };
    return this.rows.change(id, { status: 'ACTIVE' }, changes, tx);
  }

  /**
   * Keeps a mail address that the person proved; what an administrator asked for is void. False when the account is not
   * active at that very moment.
   * @throws AppError `validation.failed` when the address cannot be kept.
   */
  async setEmail(id: string, email: string, tx: EntityManager): Promise<boolean> {
    requireValidChanges({ email });
    if (!(await this.rows.change(id, { status: 'ACTIVE' }, columnsOf({ email }), tx))) return false;
    await this.pendingChanges.deleteOf(id, tx);
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
    const { id, version, passwordChangedAt } = read;
    if (await this.rows.hold(id, { status: 'ACTIVE', version }, tx)) return read;
    const guard = { status: 'ACTIVE', passwordChangedAt: passwordChangedAt ?? IsNull() } as const;
    return (await this.rows.hold(id, guard, tx)) ? this.getForSignIn(id, tx) : undefined;
  }

  /** Locks the account's row until `tx` ends: what each of several transactions of one person writes, the next one sees. */
  async hold(id: string, tx: EntityManager): Promise<void> {
    await this.rows.hold(id, {}, tx);
  }

  /**
   * Records that a session opens at `at`. Locks the account's row until `tx` ends and returns the account as `tx` sees
   * it: its roles, its structure and the session policy. Returns nothing when the account is not active.
   */
  async recordSignIn(id: string, at: Date, tx: EntityManager): Promise<SignInAccount | undefined> {
    const noted = await this.rows.note(id, { status: 'ACTIVE' }, { lastSignedInAt: at }, tx);
    return noted ? this.getForSignIn(id, tx) : undefined;
  }

  /**
   * Records that a mail to `email` bounced permanently. Returns whether it is the account's address and was not
   * recorded before. The version does not change: no one edited the account.
   */
  recordUnreachable(id: string, email: string, tx: EntityManager): Promise<boolean> {
    const unknown = { emailKey: nameKey(email), emailUnreachableAt: IsNull() };
    return this.rows.note(id, unknown, { emailUnreachableAt: this.clock.now() }, tx);
  }

  /** Forgets that mails came back: one arrived. */
  async recordReachable(id: string, tx: EntityManager): Promise<void> {
    await this.rows.note(id, {}, REACHABLE, tx);
  }

  /** Notes that the person was asked to add a strong means, and was asked at `before` until now: of several, one does. */
  recordPrompt(id: string, before: Date | null): Promise<boolean> {
    const unchanged = { strongMeansPromptedAt: before ?? IsNull() };
    return this.rows.note(id, unchanged, { strongMeansPromptedAt: this.clock.now() });
  }

  /** Keeps the same password under stronger parameters. False when the password changed meanwhile. */
  rehash(id: string, from: string, to: string, tx?: EntityManager): Promise<boolean> {
    return this.rows.note(id, { passwordDigest: from }, { passwordDigest: to }, tx);
  }

  #password(passwordDigest: string) {
    return { passwordDigest, passwordChangedAt: this.clock.now() };
  }

  #accountOf(row: AccountEntity | null): Account | undefined {
    return row ? toAccount(row, this.phones) : undefined;
  }

  #signInAccountOf(row: SignInRow | null): SignInAccount | undefined {
    return row ? toSignInAccount(row, this.phones) : undefined;
  }
}
