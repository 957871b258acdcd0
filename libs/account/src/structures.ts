import { Injectable } from '@nestjs/common';
import { AppError, Clock, Random } from '@portillon/kernel';
import { Database, isUniqueViolation, Statements } from '@portillon/persistence';
import { nameKey } from './name-key';
import { fromCursor, pageSize, toCursor } from './page';

/** A hospital, a practice, an association whose people sign in. */
export interface Structure {
  id: string;
  name: string;
  createdAt: Date;
}

export interface StructurePage {
  items: Structure[];
  nextCursor: string | null;
}

/** Width of the column; compatibility forms can make one character eighteen. */
const LONGEST_KEY = 600;
const NAME = /^[^\p{C}\p{Zl}\p{Zp}]{1,200}$/u;
const SELECT = 'SELECT id, name, nameKey, createdAt FROM structure';

/** The structures of the deployment; a name stands for one of them. */
@Injectable()
export class Structures {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @throws AppError `validation.failed` when the name is empty, too long or holds control characters. */
  async create(
    name: string,
    at: Statements = this.database,
  ): Promise<{ status: 'created'; structure: Structure } | { status: 'name-taken' }> {
    const key = nameKey(name);
    if (!NAME.test(name) || !key || key.length > LONGEST_KEY) throw invalidName();
    const structure = { id: this.random.id(), name: name.trim(), createdAt: this.clock.now() };
    try {
      const sql = 'INSERT INTO structure (id, name, nameKey, createdAt) VALUES (?, ?, ?, ?)';
      await at.execute(sql, [structure.id, structure.name, key, structure.createdAt]);
      return { status: 'created', structure };
    } catch (error) {
      if (isUniqueViolation(error)) return { status: 'name-taken' };
      throw error;
    }
  }

  /** Whatever the case of `name`. */
  async findByName(name: string, at: Statements = this.database): Promise<Structure | undefined> {
    const row = await at.row<StructureRow>(`${SELECT} WHERE nameKey = ?`, [nameKey(name)]);
    return row && toStructure(row);
  }

  /** By name; `cursor` is the `nextCursor` of the page before, `limit` is brought between 1 and 100. */
  async list(
    page: { cursor?: string; limit: number },
    at: Statements = this.database,
  ): Promise<StructurePage> {
    const after = page.cursor ? fromCursor(page.cursor, 1)[0]! : '';
    const limit = pageSize(page.limit);
    const sql = `${SELECT} WHERE nameKey > ? ORDER BY nameKey LIMIT ${limit + 1}`;
    const rows = await at.rows<StructureRow>(sql, [after]);
    const kept = rows.slice(0, limit);
    const last = rows.length > limit ? kept.at(-1) : undefined;
    return { items: kept.map(toStructure), nextCursor: last ? toCursor(last.nameKey) : null };
  }
}

interface StructureRow extends Structure {
  nameKey: string;
}

function toStructure({ id, name, createdAt }: StructureRow): Structure {
  return { id, name, createdAt };
}

function invalidName(): AppError {
  const errors = [{ field: 'name', code: 'invalid', message: 'name is not valid' }];
  return new AppError('validation.failed', 'invalid', { errors });
}
