import { Injectable } from '@nestjs/common';
import { AccountRepository } from './account/account.repository';

/** Name and structure of a person. */
export interface PersonName {
  id: string;
  username: string;
  displayName: string;
  structureId: string | null;
}

/** Returns names for many ids at once, for lists that have ids only. An unknown id has none. */
@Injectable()
export class DirectoryService {
  constructor(private readonly accounts: AccountRepository) {}

  async people(ids: Iterable<string>): Promise<Map<string, PersonName>> {
    const rows = await this.accounts.names([...new Set(ids)]);
    return new Map(rows.map((row) => [row.id, row]));
  }
}
