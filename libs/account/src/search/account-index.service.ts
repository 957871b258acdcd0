import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { AccountEntity } from '../account/account.entity';
import { AccountRepository } from '../account/account.repository';
import { AccountTermRepository } from './account-term.repository';
import { searchTerms } from './search-terms';

/** What an account is found by. */
export type IndexedAccount = Pick<
  AccountEntity,
  'id' | 'username' | 'email' | 'displayName' | 'nationalId' | 'structureId'
>;

/** Keeps what accounts are found by as their rows are. */
@Injectable()
export class AccountIndexService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly terms: AccountTermRepository,
  ) {}

  /** Of a new account. */
  async add(account: IndexedAccount, tx: EntityManager): Promise<void> {
    const { id: accountId, structureId } = account;
    await this.terms.insert(
      searchTerms(account).map((term) => ({ accountId, term, structureId })),
      tx,
    );
  }

  /** Writes them anew, after a change of names, mail, national id or structure, and after a deletion. */
  async renew(id: string, tx: EntityManager): Promise<void> {
    const account = await this.accounts.find({ id }, tx);
    await this.terms.deleteOf(id, tx);
    if (account) await this.add(account, tx);
  }
}
