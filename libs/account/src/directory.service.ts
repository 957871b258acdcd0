import { Injectable } from '@nestjs/common';
import { AccountRepository } from './account/account.repository';

/** How a person is called, and where they belong. */
export interface PersonName {
  id: string;
  username: string;
  displayName: string;
  structureId: string | null;
}

/** Names for ids, many at once: for a list that knows ids alone. An id that no row has any more has none. */
@Injectable()
export class DirectoryService {
  constructor(private readonly accounts: AccountRepository) {}

  async people(ids: Iterable<string>): Promise<Map<string, PersonName>> {
    const rows = await this.accounts.names([...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}
