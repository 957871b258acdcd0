import { Injectable } from '@nestjs/common';
import { AppError, Clock, nameKey, Random, sortKey } from '@portillon/kernel';
import { Database, isUniqueViolation, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { requireValidChanges, requireValidDraft } from './account-draft';
import { ACCOUNT_INSERT, insertValues } from './account-insert';
import { AccountPage, AccountPageRequest, fromCursor, pageSize, toCursor } from './account-page';
import { ACCOUNT_SELECT, AccountRow, toAccount } from './account-row';
import { addTerms, renewTerms } from './account-terms';
import { AccountRepository } from './account.repository';
import type { Account, AccountDraft, CodeChannel, Locale } from './account.types';
import { PhoneSealService } from './phone-seal.service';

/** A refusal names what another account holds already. */
export type AccountCreation =
  { status: 'created'; account: Account } | { status: 'username-taken' } | { status: 'national-id-taken' };

/** The people who may sign in. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly phones: PhoneSealService,
    private readonly rows: AccountRepository,
  ) {}

  /** The account that signs in under `username`, however its case and width are typed. One statement. */
  findByUsername(username: string, at: EntityManager = this.database.manager): Promise<Account | undefined> {
    return this.#one(`${ACCOUNT_SELECT} WHERE a.usernameKey = ?`, nameKey(username), at);
  }

  /** The account linked to a national id (idNat_PS), as a card or Pro Santé Connect names it. Never found by mail. */
  findByNationalId(nationalId: string): Promise<Account | undefined> {
    return this.#one(`${ACCOUNT_SELECT} WHERE a.nationalId = ?`, nationalId, this.database.manager);
  }

  /**
   * The accounts whose mail address this is, at most `limit`, the oldest first: several people may share a mailbox. Write
   * to the address that the account has, never to the one that was typed: two spellings may be the same to us and two
   * mailboxes to the world.
   */
  async findByEmail(
    email: string,
    limit: number,
    at: EntityManager = this.database.manager,
  ): Promise<Account[]> {
    const sql = `${ACCOUNT_SELECT} WHERE a.emailKey = ? ORDER BY a.id LIMIT ${pageSize(limit)}`;
    const rows = await rawSql(at).rows<AccountRow>(sql, [nameKey(email)]);
    return rows.map((row) => toAccount(row, this.phones));
  }

  /** The accounts with these ids, by id. One statement. */
  async getAll(
    ids: readonly string[],
    at: EntityManager = this.database.manager,
  ): Promise<Map<string, Account>> {
    if (ids.length === 0) return new Map();
    const sql = `${ACCOUNT_SELECT} WHERE a.id IN (${ids.map(() => '?').join(', ')})`;
    const rows = await rawSql(at).rows<AccountRow>(sql, ids);
    return new Map(rows.map((row) => [row.id, toAccount(row, this.phones)]));
  }

  get(id: string, at: EntityManager = this.database.manager): Promise<Account | undefined> {
    return this.#one(`${ACCOUNT_SELECT} WHERE a.id = ?`, id, at);
  }

  /**
   * Opens an account; mail is its channel until a number is proved.
   * @throws AppError `validation.failed` when a field cannot be kept.
   */
  async create(draft: AccountDraft, tx: EntityManager): Promise<AccountCreation> {
    requireValidDraft(draft);
    const id = this.random.id();
    try {
      await rawSql(tx).execute(ACCOUNT_INSERT, insertValues(id, draft, this.clock.now()));
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return {
        status: (await this.findByUsername(draft.username, tx)) ? 'username-taken' : 'national-id-taken',
      };
    }
    await addTerms([{ ...draft, id }], tx);
    return { status: 'created', account: (await this.get(id, tx))! };
  }

  /**
   * Which of these user names (as {@link nameKey}) and national ids an account bears already. At most 500 of each.
   */
  async taken(
    usernames: readonly string[],
    nationalIds: readonly string[],
    at: EntityManager = this.database.manager,
  ): Promise<Set<string>> {
    const keys = usernames.map(nameKey);
    const ways = [...among('usernameKey', keys), ...among('nationalId', nationalIds)];
    if (ways.length === 0) return new Set();
    const rows = await rawSql(at).rows<{ held: string }>(ways.join(' UNION '), [...keys, ...nationalIds]);
    return new Set(rows.map((row) => row.held));
  }

  /** Accounts by display name, of one structure or status or of all. */
  async list(page: AccountPageRequest, at: EntityManager = this.database.manager): Promise<AccountPage> {
    const { where, values } = selection(page);
    const limit = pageSize(page.limit);
    const sql = `${ACCOUNT_SELECT} ${where} ORDER BY a.displayNameKey, a.id LIMIT ${limit + 1}`;
    const rows = await rawSql(at).rows<AccountRow>(sql, values);
    const items = rows.slice(0, limit).map((row) => toAccount(row, this.phones));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? toCursor(sortKey(last.displayName), last.id) : null };
  }

  /** Links a national id to an account that has none: not linked when it has one, or when another account has this one. */
  async linkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    try {
      if (!(await this.#change(id, 'nationalId = ?', [nationalId], tx, 'nationalId IS NULL'))) return false;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
    await renewTerms(id, tx);
    return true;
  }

  /** Takes that national id off the account. False when the account has another by now, or none. */
  async unlinkNationalId(id: string, nationalId: string, tx: EntityManager): Promise<boolean> {
    if (!(await this.#change(id, 'nationalId = NULL', [], tx, 'nationalId = ?', [nationalId]))) return false;
    await renewTerms(id, tx);
    return true;
  }

  /** Whether there is such an account. */
  async setLocale(id: string, locale: Locale, at: EntityManager = this.database.manager): Promise<boolean> {
    return this.#change(id, 'locale = ?', [locale], at);
  }

  /** Chooses how codes come. False when SMS was asked for and the number is not proved at that very moment. */
  async setCodeChannel(
    id: string,
    channel: CodeChannel,
    at: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const guard = channel === 'SMS' ? 'phoneSealed IS NOT NULL AND phoneVerifiedAt IS NOT NULL' : '1 = 1';
    return this.#change(id, 'codeChannel = ?', [channel], at, guard);
  }

  /**
   * Keeps a number as not proved, and mail as the channel until it is. `e164` comes from `PhoneNumberService.parse`.
   *
   * @throws AppError `service.busy` when the one before is sealed by a key that this ring lacks: it is left alone
   */
  async setPhone(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const before = await this.rows.lockPhone(id, tx);
    const opened = before ? this.phones.open(id, before) : undefined;
    if (opened?.status === 'missing-key') throw sealedElsewhere(opened.keyId);
    const set = "phoneSealed = ?, phoneVerifiedAt = NULL, codeChannel = 'EMAIL'";
    return this.#change(id, set, [this.phones.seal(id, e164)], tx);
  }

  /** Forgets the number; codes come by mail. */
  async removePhone(id: string, tx: EntityManager): Promise<boolean> {
    return this.#change(id, "phoneSealed = NULL, phoneVerifiedAt = NULL, codeChannel = 'EMAIL'", [], tx);
  }

  /**
   * Marks the number as proved, once. False when the account's number is no longer `e164` or was proved already:
   * a code proves the number that it was sent to and no other (ASVS 6.6.2). The channel does not move.
   */
  async markPhoneVerified(id: string, e164: string, tx: EntityManager): Promise<boolean> {
    const sealed = await this.rows.lockPhone(id, tx);
    if (!sealed || !this.#holds(id, sealed, e164)) return false;
    // Sealing never gives the same text twice: the same text means that nobody touched the number since.
    const guard = 'phoneSealed = ? AND phoneVerifiedAt IS NULL';
    return this.#change(id, 'phoneVerifiedAt = ?', [this.clock.now()], tx, guard, [sealed]);
  }

  /**
   * Keeps a new password digest. With `replacing`, false when the digest is no longer that one: of two changes that
   * knew the same old password, one wins.
   */
  async setPassword(id: string, digest: string, tx: EntityManager, replacing?: string): Promise<boolean> {
    const guard = replacing === undefined ? '1 = 1' : 'passwordDigest = ?';
    const set = 'passwordDigest = ?, passwordChangedAt = ?';
    return this.#change(
      id,
      set,
      [digest, this.clock.now()],
      tx,
      guard,
      replacing === undefined ? [] : [replacing],
    );
  }

  /** Takes the invitation up with the first password. False when the account is no longer, or not yet, an invited one. */
  async activate(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const set = "status = 'ACTIVE', passwordDigest = ?, passwordChangedAt = ?";
    return this.#change(id, set, [digest, this.clock.now()], tx, "status = 'INVITED'");
  }

  /** Keeps the password that somebody chose by a link. False when the account is not active at that very moment. */
  async resetPassword(id: string, digest: string, tx: EntityManager): Promise<boolean> {
    const set = 'passwordDigest = ?, passwordChangedAt = ?';
    return this.#change(id, set, [digest, this.clock.now()], tx, "status = 'ACTIVE'");
  }

  /**
   * Keeps a mail address that the person proved. False when the account is not active at that very moment.
   * @throws AppError `validation.failed` when the address cannot be kept.
   */
  async setEmail(id: string, email: string, tx: EntityManager): Promise<boolean> {
    requireValidChanges({ email });
    const set = 'email = ?, emailKey = ?';
    if (!(await this.#change(id, set, [email, nameKey(email)], tx, "status = 'ACTIVE'"))) return false;
    await renewTerms(id, tx);
    return true;
  }

  /**
   * The account as it stands in `tx`, its row locked until `tx` ends, when it is active and its password is still the
   * one that was checked (`passwordChangedAt` as it was read with the digest). A deactivation, a reset, a change of
   * roles or address comes either before what `tx` writes or after it, whole. Nothing is written.
   */
  async holdForSignIn(
    id: string,
    passwordChangedAt: Date | null,
    tx: EntityManager,
  ): Promise<Account | undefined> {
    return (await this.rows.holdActive(id, passwordChangedAt, tx)) ? this.get(id, tx) : undefined;
  }

  /**
   * Notes that a session is opened at `at`, and resolves to the account as it stands in `tx`, its row locked until `tx`
   * ends: the roles, the structure and its policy of the session come from there. Nothing when it is not active.
   */
  async recordSignIn(id: string, at: Date, tx: EntityManager): Promise<Account | undefined> {
    return (await this.rows.setLastSignedIn(id, at, tx)) ? this.get(id, tx) : undefined;
  }

  /** Keeps the same password under stronger parameters. False when the password changed meanwhile. */
  async rehash(
    id: string,
    from: string,
    to: string,
    at: EntityManager = this.database.manager,
  ): Promise<boolean> {
    const sql = 'UPDATE account SET passwordDigest = ? WHERE id = ? AND passwordDigest = ?';
    return (await rawSql(at).execute(sql, [to, id, from])) === 1;
  }

  #holds(id: string, sealed: string, e164: string): boolean {
    const opened = this.phones.open(id, sealed);
    return opened.status === 'read' && opened.number === e164;
  }

  async #one(sql: string, value: string, at: EntityManager): Promise<Account | undefined> {
    const row = await rawSql(at).row<AccountRow>(sql, [value]);
    return row && toAccount(row, this.phones);
  }

  async #change(
    id: string,
    set: string,
    values: SqlValue[],
    at: EntityManager,
    guard = '1 = 1',
    guardValues: SqlValue[] = [],
  ): Promise<boolean> {
    const sql = `UPDATE account SET ${set}, version = version + 1 WHERE id = ? AND ${guard}`;
    return (await rawSql(at).execute(sql, [...values, id, ...guardValues])) === 1;
  }
}

function sealedElsewhere(keyId: string): AppError {
  const detail = `the mobile number is sealed by key "${keyId}", which is not in this ring`;
  return new AppError('service.busy', 'busy', { detail });
}

function among(name: string, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  return [`SELECT ${name} AS held FROM account WHERE ${name} IN (${values.map(() => '?').join(', ')})`];
}

function selection(page: AccountPageRequest): { where: string; values: SqlValue[] } {
  const [key, id] = page.cursor ? fromCursor(page.cursor, 2) : [];
  const conditions: [sql: string, values: (SqlValue | undefined)[]][] = [
    ['a.structureId = ?', [page.structureId]],
    ['a.status = ?', [page.status]],
    // The first half alone would do with the second: it is what lets every engine walk the index.
    ['a.displayNameKey >= ? AND (a.displayNameKey > ? OR a.id > ?)', [key, key, id]],
  ];
  const asked = conditions.filter(([, values]) => values[0] !== undefined);
  const where = asked.map(([sql], index) => `${index ? 'AND' : 'WHERE'} ${sql}`).join(' ');
  return { where, values: asked.flatMap(([, values]) => values as SqlValue[]) };
}
