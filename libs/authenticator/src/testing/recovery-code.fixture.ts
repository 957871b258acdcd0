import { Keyring, SystemRandom } from '@portillon/kernel';
import { SettableClock, TestDatabase } from '@portillon/testing';
import { RecoveryCodeEntity, RecoveryCodeRepository } from '../recovery-code/recovery-code.repository';
import { RecoveryCodeService } from '../recovery-code/recovery-code.service';
import { OLD_KEY } from './totp.fixture';

/** The recovery codes of people on a database of a test. */
export class RecoveryCodeFixture {
  readonly clock = new SettableClock();
  readonly codes: RecoveryCodeService;
  readonly #keyring: Keyring;

  constructor(
    private readonly database: TestDatabase,
    keys = [OLD_KEY],
  ) {
    this.#keyring = new Keyring(keys);
    const rows = new RecoveryCodeRepository(database.dataSource.getRepository(RecoveryCodeEntity));
    this.codes = new RecoveryCodeService(rows, new SystemRandom(this.clock), this.#keyring, this.clock);
  }

  replace(accountId = 'claire'): Promise<string[]> {
    return this.database.transactions.run((tx) => this.codes.replace(accountId, tx));
  }

  end(accountId = 'claire'): Promise<boolean> {
    return this.database.transactions.run((tx) => this.codes.end(accountId, tx));
  }

  /** Types a code and uses it up: whether it opened something. */
  async sign(typed: string, accountId = 'claire'): Promise<boolean> {
    const code = this.codes.compare(await this.codes.unused(accountId), typed);
    return code ? this.database.transactions.run((tx) => this.codes.use(code, tx)) : false;
  }

  /** Digest of a code of this account, as the database stores it. */
  digest(accountId: string, position: number, code: string): string {
    return this.#keyring.digest('authenticator.recovery-code', [accountId, String(position), code]);
  }

  rows(): Promise<RecoveryCodeEntity[]> {
    return this.database.dataSource.getRepository(RecoveryCodeEntity).find({ order: { position: 'ASC' } });
  }
}
