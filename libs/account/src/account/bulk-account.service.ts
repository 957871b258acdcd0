import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { AccountRepository } from './account.repository';

/** Maximum number of accounts of one statement, which locks all of them. */
const PAGE = 200;

/** Acts on all accounts of a structure or of the service, some hundreds at a time. */
@Injectable()
export class BulkAccountService {
  constructor(
    private readonly rows: AccountRepository,
    private readonly clock: Clock,
  ) {}

  /** Yields the ids of the accounts of a structure, or of all, page by page. */
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
   * Voids the passwords of these accounts after an incident, until each holder chooses one by « Mot de passe oublié ». Returns the ids
   * that had one. A sign-in in progress that proved the former password fails.
   */
  takePasswords(ids: readonly string[], tx: EntityManager): Promise<string[]> {
    return this.rows.takePasswords(ids, 'incident', this.clock.now(), tx);
  }
}
