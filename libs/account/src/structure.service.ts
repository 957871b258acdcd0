import { Injectable } from '@nestjs/common';
import { AppError, Clock, nameKey, Random } from '@portillon/kernel';
import { Database, isUniqueViolation, rawSql, SqlValue } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { fromCursor, pageSize, toCursor } from './account-page';
import { beginningWith } from './search-terms';
import { isFiness, isSiret, plainNumber } from './structure-numbers';
import { POLICY_COLUMNS, PolicyRow, StructurePolicy, toPolicy } from './structure.policy';

/** A hospital, a practice, an association whose people sign in. */
export interface Structure {
  id: string;
  name: string;
  /** Its number in the national file of health and social establishments. */
  finess: string | null;
  siret: string | null;
  policy: StructurePolicy;
  createdAt: Date;
  /** Grows by one with every change. */
  version: number;
}

/** What a structure is registered under. */
export interface StructureDraft {
  name: string;
  finess?: string | null;
  siret?: string | null;
}

export interface StructurePage {
  items: Structure[];
  nextCursor: string | null;
}

/** `moved`: somebody changed it since that version was read, and nothing was overwritten. */
export type StructureEdit = { status: 'edited' | 'moved' | 'missing' | 'name-taken' | 'number-taken' };

/** Width of the column; compatibility forms can make one character eighteen. */
const LONGEST_KEY = 600;
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
const SELECT = `SELECT id, name, nameKey, finess, siret, ${POLICY_COLUMNS.join(', ')}, createdAt, version FROM structure`;

/** The structures of the deployment; a name, a FINESS and a SIRET each stand for one of them. */
@Injectable()
export class StructureService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @throws AppError `validation.failed` naming every field that cannot be kept. */
  async create(
    draft: string | StructureDraft,
    at: EntityManager = this.database.manager,
  ): Promise<{ status: 'created'; structure: Structure } | { status: 'name-taken' | 'number-taken' }> {
    const columns = columnsOf(typeof draft === 'string' ? { name: draft } : draft);
    const id = this.random.id();
    const values: [string, SqlValue][] = [['id', id], ...columns, ['createdAt', this.clock.now()]];
    const names = values.map(([name]) => name).join(', ');
    try {
      const marks = values.map(() => '?').join(', ');
      await rawSql(at).execute(
        `INSERT INTO structure (${names}) VALUES (${marks})`,
        values.map(([, value]) => value),
      );
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: await this.#taken(columns, at) };
    }
    return { status: 'created', structure: (await this.get(id, at))! };
  }

  /**
   * Changes what it is registered under; what is left out stays.
   * @throws AppError `validation.failed` naming every field that cannot be kept.
   */
  async edit(
    id: string,
    changes: Partial<StructureDraft>,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    const columns = columnsOf(changes);
    try {
      return await this.#change(id, columns, version, tx);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { status: await this.#taken(columns, tx) };
    }
  }

  /** Keeps what it asks of its people's sign-ins. Whether that is strict enough is the caller's to know. */
  async setPolicy(
    id: string,
    policy: StructurePolicy,
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    return this.#change(id, policyColumns(policy), version, tx);
  }

  async get(id: string, at: EntityManager = this.database.manager): Promise<Structure | undefined> {
    const row = await rawSql(at).row<StructureRow>(`${SELECT} WHERE id = ?`, [id]);
    return row && toStructure(row);
  }

  /** Whatever the case of `name`. */
  async findByName(name: string, at: EntityManager = this.database.manager): Promise<Structure | undefined> {
    const row = await rawSql(at).row<StructureRow>(`${SELECT} WHERE nameKey = ?`, [nameKey(name)]);
    return row && toStructure(row);
  }

  /** Those with one of these names, FINESS or SIRET, by the text as it was given. At most 500 texts. */
  async findAll(
    texts: readonly string[],
    at: EntityManager = this.database.manager,
  ): Promise<Map<string, Structure>> {
    if (texts.length === 0) return new Map();
    const marks = texts.map(() => '?').join(', ');
    const ways = ['nameKey', 'finess', 'siret'].map((name) => `${SELECT} WHERE ${name} IN (${marks})`);
    const keys = [...texts.map(nameKey), ...texts.map(plainNumber), ...texts.map(plainNumber)];
    const rows = await rawSql(at).rows<StructureRow>(ways.join(' UNION '), keys);
    const known = rows.flatMap((row) =>
      [row.nameKey, row.finess, row.siret].map((key) => [key, toStructure(row)] as const),
    );
    const byKey = new Map(known);
    const found = texts.map(
      (text) => [text, byKey.get(nameKey(text)) ?? byKey.get(plainNumber(text))] as const,
    );
    return new Map(found.filter((pair): pair is [string, Structure] => pair[1] !== undefined));
  }

  /**
   * By name, those that begin with `beginning`; `cursor` is the `nextCursor` of the page before, `limit` is brought
   * between 1 and 100.
   */
  async list(
    page: { cursor?: string; limit: number; beginning?: string },
    at: EntityManager = this.database.manager,
  ): Promise<StructurePage> {
    const [from, below] = beginningWith(nameKey(page.beginning ?? ''));
    const after = page.cursor ? fromCursor(page.cursor, 1)[0]! : '';
    const limit = pageSize(page.limit);
    const where = 'nameKey > ? AND nameKey >= ? AND nameKey < ?';
    const sql = `${SELECT} WHERE ${where} ORDER BY nameKey LIMIT ${limit + 1}`;
    const rows = await rawSql(at).rows<StructureRow>(sql, [after, from, below]);
    const kept = rows.slice(0, limit);
    const last = rows.length > limit ? kept.at(-1) : undefined;
    return { items: kept.map(toStructure), nextCursor: last ? toCursor(last.nameKey) : null };
  }

  async #change(
    id: string,
    columns: [string, SqlValue][],
    version: number,
    tx: EntityManager,
  ): Promise<StructureEdit> {
    const set = [...columns.map(([name]) => `${name} = ?`), 'version = version + 1'].join(', ');
    const values = [...columns.map(([, value]) => value), id, version];
    if (await rawSql(tx).execute(`UPDATE structure SET ${set} WHERE id = ? AND version = ?`, values))
      return { status: 'edited' };
    return { status: (await this.get(id, tx)) ? 'moved' : 'missing' };
  }

  async #taken(columns: [string, SqlValue][], at: EntityManager): Promise<'name-taken' | 'number-taken'> {
    const key = columns.find(([name]) => name === 'nameKey')?.[1];
    const bearer = key
      ? await rawSql(at).row('SELECT id FROM structure WHERE nameKey = ?', [key])
      : undefined;
    return bearer ? 'name-taken' : 'number-taken';
  }
}

interface StructureRow extends PolicyRow {
  id: string;
  name: string;
  nameKey: string;
  finess: string | null;
  siret: string | null;
  createdAt: Date;
  version: number;
}

function toStructure(row: StructureRow): Structure {
  const { id, name, finess, siret, createdAt, version } = row;
  return { id, name, finess, siret, policy: toPolicy(row), createdAt, version };
}

/** @throws AppError `validation.failed` naming every field that cannot be kept. */
function columnsOf({ name, finess, siret }: Partial<StructureDraft>): [string, SqlValue][] {
  const numbers = { finess: keptNumber(finess), siret: keptNumber(siret) };
  refuseWrong({
    name: name === undefined || isName(name),
    finess: !numbers.finess || isFiness(numbers.finess),
    siret: !numbers.siret || isSiret(numbers.siret),
  });
  const names = name === undefined ? {} : { name: name.trim(), nameKey: nameKey(name) };
  const columns: [string, SqlValue | undefined][] = Object.entries({ ...names, ...numbers });
  return columns.filter((pair): pair is [string, SqlValue] => pair[1] !== undefined);
}

/** Null: it has none; nothing: it was left out. */
function keptNumber(text: string | null | undefined): string | null | undefined {
  return text ? plainNumber(text) || null : text === '' ? null : text;
}

function refuseWrong(right: Record<string, boolean>): void {
  const wrong = Object.keys(right).filter((field) => !right[field]);
  if (wrong.length > 0) throw invalid(wrong);
}

function policyColumns(policy: StructurePolicy): [string, SqlValue][] {
  return [
    ['smsForbidden', policy.smsForbidden ? 1 : 0],
    ['mailFirstTimeOnly', policy.mailFirstTimeOnly ? 1 : 0],
    ['codeWindowHours', policy.codeWindowHours],
    ['proSanteConnectFromAt', policy.proSanteConnectFrom],
  ];
}

function isName(name: string): boolean {
  const key = nameKey(name);
  return NAME.test(name) && key !== '' && key.length <= LONGEST_KEY;
}

function invalid(fields: string[]): AppError {
  const errors = fields.map((field) => ({ field, code: 'invalid', message: `${field} is not valid` }));
  return new AppError('validation.failed', 'invalid', { errors });
}
