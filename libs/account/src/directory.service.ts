import { Injectable } from '@nestjs/common';
import { AccountRepository } from './account/account.repository';
import { StructureRepository } from './structures/structure.repository';

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

/** Names for ids, many at once: for a list that knows ids alone. An id that no row has any more has none. */
@Injectable()
export class DirectoryService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly structureRows: StructureRepository,
  ) {}

  async people(ids: Iterable<string>): Promise<Map<string, PersonName>> {
    return byId(await this.accounts.names([...new Set(ids)]));
  }

  async structures(ids: Iterable<string>): Promise<Map<string, StructureName>> {
    return byId(await this.structureRows.names([...new Set(ids)]));
  }
}

function byId<Row extends { id: string }>(rows: Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}
