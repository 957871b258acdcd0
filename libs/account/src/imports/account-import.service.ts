import { Injectable } from '@nestjs/common';
import {
  Clock,
  DAY,
  fromCursor,
  nameKey,
  pageSize,
  Random,
  SECOND,
  addMilliseconds,
  toCursor,
} from '@portillon/kernel';
import { EntityManager, In, IsNull, LessThan } from 'typeorm';
import type { Account } from '../account/account.types';
import type { AccountImportLineEntity, AccountImportEntity } from './account-import.entity';
import { AccountImportLineRepository, AccountImportRepository } from './account-import.repository';
import {
  AccountImport,
  ImportContent,
  ImportLease,
  ImportLine,
  ImportMode,
  ImportOrder,
  ImportState,
  KeptImportLine,
  LINE_STATES,
  LineChange,
  LineState,
} from './account-import.types';

/** Lease of a worker: a silent one is considered dead. */
const LEASE_MS = 30 * SECOND;
/** Retention of imports, whose lines contain names. */
export const IMPORTS_KEPT_MS = 30 * DAY;
const LONGEST_NAME_KEY = 192;
const LONGEST_NATIONAL_ID = 32;
const FREE = { leaseId: null, leaseUntilAt: null };

type ForgottenPerson = Pick<Account, 'id' | 'username' | 'nationalId'>;

/** Imports of accounts: the lines, their results, and the lease of the worker. */
@Injectable()
export class AccountImportService {
  constructor(
    private readonly imports: AccountImportRepository,
    private readonly importLines: AccountImportLineRepository,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  async begin({ mode, whenInterrupted, dryRun, actorId, structureId }: ImportOrder): Promise<string> {
    const id = this.random.id();
    const now = this.clock.now();
    const order = { mode, whenInterrupted, dryRun, actorId, structureId };
    const state = { state: 'READING', total: 0, createdAt: now, changedAt: now } as const;
    await this.imports.insert({ id, ...order, ...state, ...FREE });
    return id;
  }

  /** Stores lines as they were read. */
  add(id: string, lines: readonly { line: number; content: ImportContent }[]): Promise<void> {
    return this.importLines.insert(lines.map(({ line, content }) => newLine(id, line, content)));
  }

  /** Records the end of reading. When the file is complete the next worker checks it; otherwise nothing follows. */
  async end(id: string, state: 'CHECKING' | 'ABANDONED', total: number): Promise<void> {
    const changedAt = this.clock.now();
    await this.imports.change(id, { state: 'READING' }, { state, total, changedAt });
  }

  /** Moves the import on from one of the states `from`, once. A worker on it notices at its next step. */
  move(id: string, from: readonly ImportState[], to: ImportState, tx?: EntityManager): Promise<boolean> {
    const changes = { state: to, changedAt: this.clock.now(), ...FREE };
    return this.imports.change(id, { state: In(from) }, changes, tx);
  }

  /** Starts the creation after the dry run, with the choice for invalid lines; once. */
  start(id: string, mode: ImportMode, to: ImportState, tx: EntityManager): Promise<boolean> {
    const changes = { mode, state: to, changedAt: this.clock.now(), ...FREE };
    return this.imports.change(id, { state: 'CHECKED' }, changes, tx);
  }

  /** Leases the oldest import with work and without a worker to this caller. */
  async lease(): Promise<ImportLease | undefined> {
    const now = this.clock.now();
    const found = await this.imports.findOldestFree(now);
    if (!found) return undefined;
    const { id, state } = found;
    const leaseId = this.random.id();
    const asRead = {
      state,
      leaseId: found.leaseId ?? IsNull(),
      leaseUntilAt: found.leaseUntilAt ?? IsNull(),
    };
    const taken = { leaseId, leaseUntilAt: addMilliseconds(now, LEASE_MS) };
    if (!(await this.imports.change(id, asRead, taken))) return undefined;
    return { id, leaseId, state, interrupted: found.leaseId !== null };
  }

  /** Whether the lease is still this worker's. The first statement of every step; it locks the import until the end. */
  renewLease({ id, leaseId, state }: ImportLease, tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    const renewed = { leaseUntilAt: addMilliseconds(now, LEASE_MS), changedAt: now };
    return this.imports.change(id, { leaseId, state }, renewed, tx);
  }

  /** Ends the work of this state and moves on to the next, which any worker may take. */
  finish({ id, leaseId, state }: ImportLease, next: ImportState, tx: EntityManager): Promise<boolean> {
    const finished = { state: next, changedAt: this.clock.now(), ...FREE };
    return this.imports.change(id, { leaseId, state }, finished, tx);
  }

  /** Releases the lease before the work is done. */
  async release({ id, leaseId }: ImportLease): Promise<void> {
    await this.imports.change(id, { leaseId }, FREE);
  }

  /** Returns the order without counts of the lines: a step needs none, and counting grows with the file. */
  async ordered(id: string, tx: EntityManager): Promise<ImportOrder & { id: string }> {
    return orderOf((await this.imports.find(id, tx))!);
  }

  async get(id: string, tx?: EntityManager): Promise<AccountImport | undefined> {
    const row = await this.imports.find(id, tx);
    return row ? this.#whole(row, tx) : undefined;
  }

  /** Latest first, of one structure or of all. */
  async list(page: {
    structureIds: readonly string[] | null;
    cursor?: string;
    limit: number;
  }): Promise<{ items: AccountImport[]; nextCursor: string | null }> {
    const limit = pageSize(page.limit);
    const before = page.cursor === undefined ? undefined : fromCursor(page.cursor, 1)[0];
    const rows = await this.imports.findPage(page.structureIds, before, limit + 1);
    const items: AccountImport[] = [];
    for (const row of rows.slice(0, limit)) items.push(await this.#whole(row));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? toCursor(last.id) : null };
  }

  /** Lines in the order of the file after line `after`, of these states or of all. */
  async lines(
    id: string,
    page: { states?: readonly LineState[]; after?: number; limit: number },
    tx?: EntityManager,
  ): Promise<ImportLine[]> {
    return (await this.importLines.findPage(id, page, tx)).map(toLine);
  }

  /** Those of `lines` with the same user name or national id as an earlier line of the file. */
  async doubles(id: string, lines: readonly ImportLine[], tx: EntityManager): Promise<Set<number>> {
    if (lines.length === 0) return new Set();
    const numbers = lines.map((one) => one.line);
    return new Set(await this.importLines.findDoubles(id, numbers, tx));
  }

  /** Records the result of one line; omitted fields stay. */
  async change(
    id: string,
    { line, state, problems, accountId }: LineChange,
    tx: EntityManager,
  ): Promise<void> {
    const changes = { state, ...(problems && { problems }), ...(accountId && { accountId }) };
    await this.importLines.change(id, [line], changes, tx);
  }

  /** Marks these lines as valid. */
  async good(id: string, lines: readonly number[], tx: EntityManager): Promise<void> {
    await this.importLines.change(id, lines, { state: 'GOOD' }, tx);
  }

  /** Deletes old imports, and ends files that were cut off, at most `batch` rows. Returns how many were deleted. */
  async purge(batch: number): Promise<number> {
    const now = this.clock.now();
    const brokenOff = { state: 'READING', changedAt: LessThan(addMilliseconds(now, -DAY)) } as const;
    await this.imports.changeAll(brokenOff, 'ABANDONED');
    let deleted = 0;
    while (deleted < batch) {
      const old = await this.imports.findOldestUnchangedSince(addMilliseconds(now, -IMPORTS_KEPT_MS));
      if (old === undefined) break;
      deleted += await this.#purgeLines(old, batch - deleted);
    }
    return deleted;
  }

  /** Deletes at most `most` lines of an import, or the import once it has none. */
  async #purgeLines(id: string, most: number): Promise<number> {
    const last = (await this.importLines.findPage(id, { limit: most })).at(-1);
    return last ? this.importLines.deleteTo(id, last.line) : this.imports.delete(id);
  }

  /**
   * Lines about this person: the one that created the account, and those with its national id. A line that shares only
   * the user name is left out: it may be about another person with that name.
   */
  async linesOf({ id, nationalId }: Pick<Account, 'id' | 'nationalId'>): Promise<KeptImportLine[]> {
    const byNationalId = nationalId ? [{ importId: In(await this.imports.findIds()), nationalId }] : [];
    const lines = await this.importLines.findAny([{ accountId: id }, ...byNationalId]);
    return lines.map((line) => ({ importId: line.importId, ...toLine(line) }));
  }

  /**
   * Blanks every line about this person: the one that created the account, and those of any import that have its user
   * name or its national id. A blanked line never becomes an account.
   */
  async forget({ id, username, nationalId }: ForgottenPerson, tx: EntityManager): Promise<void> {
    await this.importLines.forget({ accountId: id }, tx);
    const importId = In(await this.imports.findIds(tx));
    await this.importLines.forget({ importId, usernameKey: nameKey(username) }, tx);
    if (nationalId) await this.importLines.forget({ importId, nationalId }, tx);
  }

  async #whole(row: AccountImportEntity, tx?: EntityManager): Promise<AccountImport> {
    const none = Object.fromEntries(LINE_STATES.map((state) => [state, 0])) as Record<LineState, number>;
    const lines = { ...none, ...(await this.importLines.countByState(row.id, tx)) };
    const { state, total, createdAt, changedAt } = row;
    return { ...orderOf(row), state, total, lines, createdAt, changedAt };
  }
}

function newLine(importId: string, line: number, content: ImportContent): AccountImportLineEntity {
  return {
    importId,
    line,
    state: 'NEW',
    usernameKey: nameKey(content.username).slice(0, LONGEST_NAME_KEY),
    nationalId: content.nationalId?.slice(0, LONGEST_NATIONAL_ID) ?? null,
    content,
    problems: null,
    accountId: null,
  };
}

function orderOf(row: AccountImportEntity): ImportOrder & { id: string } {
  const { id, mode, whenInterrupted, dryRun, actorId, structureId } = row;
  return { id, mode, whenInterrupted, dryRun, actorId, structureId };
}

function toLine({ line, state, content, problems, accountId }: AccountImportLineEntity): ImportLine {
  return { line, state, content, problems: problems ?? [], accountId };
}
