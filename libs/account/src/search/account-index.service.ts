import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { AccountTermRepository } from './account-term.repository';
import { searchTerms } from './search-terms';

/** Data by which an account is found. */
export type IndexedAccount = Pick<
  AccountEntity,
  'id' | 'username' | 'email' | 'displayName' | 'nationalId' | 'structureId'
>;

/** Keeps the search terms in line with the accounts. */
@Injectable()
export class AccountIndexService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly terms: AccountTermRepository,
  ) {}

  /** Adds the terms of a new account. */
  async add(account: IndexedAccount, tx: EntityManager): Promise<void> {
    const { id: accountId, structureId } = account;
    await this.terms.insert(
      searchTerms(account).map((term) => ({ accountId, term, structureId })),
      tx,
    );
  }

  /** Rewrites the terms after a change of names, mail, national id or structure, and after a deletion. */
  async renew(id: string, tx: EntityManager): Promise<void> {
    const account = await this.accounts.find({ id }, tx);
    await this.terms.deleteOf(id, tx);
    if (account) await this.add(account, tx);
  }
}
