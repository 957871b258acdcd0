import { Injectable } from '@nestjs/common';
import { Clock, nameKey, Random, sortKey } from '@portillon/kernel';
import { Database, dialectOf, isUniqueViolation, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { requireValidChanges } from './account-draft';
import { renewTerms } from './account-terms';
import type { EmergencyAccess, Locale } from './account.types';

/** What an administrator changes; what is left out stays. */
export interface AccountChanges {
  username?: string;
  email?: string;
  displayName?: string;
  locale?: Locale;
  roles?: readonly string[];
  structureId?: string | null;
}

/** `moved`: somebody changed the account since that version was read, and nothing was overwritten. */
export type AccountEdit = { status: 'edited' | 'moved' | 'missing' | 'username-taken' };

const NATIONAL = 'national-admin';

/** What administrators do with an account: each act is one guarded statement, in the caller's transaction. */
@Injectable()
export class AccountAdministrationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @throws AppError `validation.failed` when a field cannot be kept. */
  async edit(id: string, changes: AccountChanges, version: number, tx: EntityManager): Promise<AccountEdit> {
    requireValidChanges(changes);
    const columns = columnsOf(changes);
    const set = [...columns.map(([name]) => `${name} = ?`), 'version = version + 1'].join(', ');
    const sql = `UPDATE account SET ${set} WHERE id = ? AND version = ?`;
    try {
      const edited = await rawSql(tx).execute(sql, [...columns.map(([, value]) => value), id, version]);
      if (edited === 0) return { status: (await this.#exists(id, tx)) ? 'moved' : 'missing' };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: 'username-taken' };
    }
    await renewTerms(id, tx);
    return { status: 'edited' };
  }

  /**
   * Closes the account: whether it was open. Its row stays locked until the transaction ends; end sign-ins, browsers
   * and sessions after it, in this order, so that whoever is just signing in is out too.
   */
  deactivate(id: string, tx: EntityManager): Promise<boolean> {
    const set = "status = 'DEACTIVATED', emergencyMeans = NULL, emergencyUntilAt = NULL";
    return this.#change(id, set, [], "status <> 'DEACTIVATED'", tx);
  }

  /** Opens it again: whether it was closed. Whoever has chosen no password yet is invited once more. */
  reactivate(id: string, tx: EntityManager): Promise<boolean> {
    const set = "status = CASE WHEN passwordDigest IS NULL THEN 'INVITED' ELSE 'ACTIVE' END";
    // The name of somebody erased must not come back to life.
    return this.#change(id, set, [], "status = 'DEACTIVATED' AND email <> ''", tx);
  }

  /** Opens one means until a time, whatever the structure asks. False when the account is not active. */
  openEmergencyAccess(id: string, { means, until }: EmergencyAccess, tx: EntityManager): Promise<boolean> {
    const set = 'emergencyMeans = ?, emergencyUntilAt = ?';
    return this.#change(id, set, [means, until], "status = 'ACTIVE'", tx);
  }

  /** Whether there was one. */
  closeEmergencyAccess(id: string, tx: EntityManager): Promise<boolean> {
    const set = 'emergencyMeans = NULL, emergencyUntilAt = NULL';
    return this.#change(id, set, [], 'emergencyMeans IS NOT NULL', tx);
  }

  /** The person asks to be erased, once. */
  requestErasure(id: string, tx: EntityManager): Promise<boolean> {
    const set = 'erasureRequestedAt = ?';
    return this.#change(id, set, [this.clock.now()], 'erasureRequestedAt IS NULL', tx);
  }

  /** The person takes the request back, as long as nobody confirmed it. */
  withdrawErasure(id: string, tx: EntityManager): Promise<boolean> {
    const guard = "erasureRequestedAt IS NOT NULL AND email <> ''";
    return this.#change(id, 'erasureRequestedAt = NULL', [], guard, tx);
  }

  /** Takes back what an import made and nobody has touched since. */
  async undoCreation(id: string, tx: EntityManager): Promise<boolean> {
    const untouched = "version = 1 AND status = 'INVITED' AND passwordDigest IS NULL";
    if ((await rawSql(tx).execute(`DELETE FROM account WHERE id = ? AND ${untouched}`, [id])) === 0)
      return false;
    await renewTerms(id, tx);
    return true;
  }

  /**
   * Replaces whoever the account was by a pseudonym, for good: the pseudonym, or nothing when the person did not ask
   * or was erased already. The id stays, so that the journal still says that one person did this and that.
   */
  async erase(id: string, tx: EntityManager): Promise<string | undefined> {
    const pseudonym = `efface-${this.random.id().slice(-12)}`;
    const set = `username = ?, usernameKey = ?, displayName = ?, displayNameKey = ?, email = '', emailKey = '',
      nationalId = NULL, phoneSealed = NULL, phoneVerifiedAt = NULL, codeChannel = 'EMAIL', passwordDigest = NULL,
      roles = '', national = 0, emergencyMeans = NULL, emergencyUntilAt = NULL, status = 'DEACTIVATED'`;
    const names = [pseudonym, pseudonym, pseudonym, pseudonym];
    const guard = "erasureRequestedAt IS NOT NULL AND email <> ''";
    if (!(await this.#change(id, set, names, guard, tx))) return undefined;
    await renewTerms(id, tx);
    return pseudonym;
  }

  /**
   * Whether an active national administrator stays when `id` goes. It waits for whoever asks at the same time, so that
   * two who take each other out do not both succeed.
   */
  async staysNational(id: string, tx: EntityManager): Promise<boolean> {
    const lock = dialectOf(tx) === 'sqlite' ? '' : ' FOR UPDATE';
    const sql = `SELECT id FROM account WHERE national = 1 AND status = 'ACTIVE' ORDER BY id${lock}`;
    const rows = await rawSql(tx).rows<{ id: string }>(sql);
    return rows.some((row) => row.id !== id);
  }

  /** Every active national administrator's id. */
  async nationalAdministrators(at: EntityManager = this.database.manager): Promise<string[]> {
    const sql = "SELECT id FROM account WHERE national = 1 AND status = 'ACTIVE' ORDER BY id";
    return (await rawSql(at).rows<{ id: string }>(sql)).map((row) => row.id);
  }

  async #exists(id: string, tx: EntityManager): Promise<boolean> {
    return (await rawSql(tx).row('SELECT id FROM account WHERE id = ?', [id])) !== undefined;
  }

  async #change(
    id: string,
    set: string,
    values: SqlValue[],
    guard: string,
    tx: EntityManager,
  ): Promise<boolean> {
    const sql = `UPDATE account SET ${set}, version = version + 1 WHERE id = ? AND ${guard}`;
    return (await rawSql(tx).execute(sql, [...values, id])) === 1;
  }
}

/** 1 for whoever has the role of a national administrator: kept beside the roles, so that there is an index of them. */
export function nationalMark(roles: readonly string[]): number {
  return roles.includes(NATIONAL) ? 1 : 0;
}

function columnsOf(changes: AccountChanges): [name: string, value: SqlValue][] {
  const { username, email, displayName, locale, roles, structureId } = changes;
  return [
    ...when(username, (text) => [
      ['username', text.normalize('NFC')],
      ['usernameKey', nameKey(text)],
    ]),
    ...when(email, (text) => [
      ['email', text],
      ['emailKey', nameKey(text)],
    ]),
    ...when(displayName, (text) => [
      ['displayName', text.trim()],
      ['displayNameKey', sortKey(text)],
    ]),
    ...when(locale, (text) => [['locale', text]]),
    ...when(roles, (names) => [
      ['roles', names.join(' ')],
      ['national', nationalMark(names)],
    ]),
    ...when(structureId, (id) => [['structureId', id]]),
  ];
}

function when<Value>(
  value: Value | undefined,
  columns: (value: Value) => [string, SqlValue][],
): [string, SqlValue][] {
  return value === undefined ? [] : columns(value);
}
