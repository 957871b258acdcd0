import { Injectable } from '@nestjs/common';
import { Database } from '@portillon/persistence';

/** How a person is called, and where they belong. */
export interface PersonName {
  id: string;
  username: string;
  displayName: string;
  structureId: string | null;
}

export interface StructureName {
  id: string;
  name: string;
}

/** Ids in one statement: its text is the same however many are asked for. */
const AT_ONCE = 50;
const PLACES = Array.from({ length: AT_ONCE }, () => '?').join(', ');
const PEOPLE = `SELECT id, username, displayName, structureId FROM account WHERE id IN (${PLACES})`;
const STRUCTURES = `SELECT id, name FROM structure WHERE id IN (${PLACES})`;

/** Names for ids, many at once: for a list that knows ids alone. An id that nobody bears any more has none. */
@Injectable()
export class DirectoryService {
  constructor(private readonly database: Database) {}

  people(ids: Iterable<string>): Promise<Map<string, PersonName>> {
    return this.#byId<PersonName>(PEOPLE, ids);
  }

  structures(ids: Iterable<string>): Promise<Map<string, StructureName>> {
    return this.#byId<StructureName>(STRUCTURES, ids);
  }

  async #byId<Row extends { id: string }>(sql: string, ids: Iterable<string>): Promise<Map<string, Row>> {
    const found = new Map<string, Row>();
    const wanted = [...new Set(ids)];
    for (let from = 0; from < wanted.length; from += AT_ONCE)
      for (const row of await this.database.rows<Row>(sql, padded(wanted.slice(from, from + AT_ONCE))))
        found.set(row.id, row);
    return found;
  }
}

function padded(ids: string[]): string[] {
  return [...ids, ...Array.from({ length: AT_ONCE - ids.length }, () => ids[0]!)];
}
