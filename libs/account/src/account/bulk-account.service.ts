import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from './account.repository';

/** Accounts of one statement at most: it holds their locks together. */
const PAGE = 200;

/** What is done with the accounts of a structure, or with all: by their ids, some hundreds at a time. */
@Injectable()
export class BulkAccountService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** The ids of the accounts of a structure, or of all, page by page. */
  async *pages(structureId: string | undefined): AsyncGenerator<string[]> {
    let ids: string[];
    let after = '';
    do {
      ids = await this.rows.idsAfter(after, structureId, PAGE);
      if (ids.length > 0) yield ids;
      after = ids.at(-1) ?? after;
    } while (ids.length === PAGE);
  }

  /**
   * Takes their passwords from these people, until each chooses one by « Mot de passe oublié »: whose it took. A sign-in
   * that has proved the former one completes no more.
   */
  takePasswords(ids: readonly string[], tx: EntityManager): Promise<string[]> {
    return this.rows.takePasswords(ids, this.clock.now(), tx);
  }
}
