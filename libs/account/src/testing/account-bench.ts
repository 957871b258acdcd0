import { Clock, Keyring, SystemRandom } from '@portillon/kernel';
import type { Database } from '@portillon/persistence';
import { AccountSearchRepository } from '../account-search.repository';
import { AccountEntity } from '../account.entity';
import { AccountRepository } from '../account.repository';
import { AccountService } from '../account.service';
import { PhoneSealService } from '../phone-seal.service';

/** The services of this lib on a database of a test, as its module puts them together. */
export function accountServices(database: Database, clock: Clock, keyring: Keyring) {
  const random = new SystemRandom(clock);
  const phones = new PhoneSealService(keyring, random);
  const rows = new AccountRepository(database.dataSource.getRepository(AccountEntity));
  return {
    phones,
    accounts: new AccountService(database, clock, random, phones, rows),
    search: new AccountSearchRepository(database, phones),
  };
}
