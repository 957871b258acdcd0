import { Injectable } from '@nestjs/common';
import { FactorPolicy, type FactorPresence } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { OwnFactorCheckService } from '@portillon/auth';
import type { GivenFactor, OwnFactorWords, RefusedPerson } from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError, Keyring } from '@portillon/kernel';
import { LockerService } from '@portillon/locker';
import { lockerKeyFactor } from './locker-key.factor';

const WORDS = { channel: 'LOCKER_KEY', rejected: 'locker-key.rejected' } as const satisfies OwnFactorWords;
const { id, code, acr } = lockerKeyFactor;

/** The key of one's locker: counted and committed, then compared, then used up with what it opens. */
@Injectable()
export class LockerKeyCheckService implements FactorPresence {
  constructor(
    private readonly lockers: LockerService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly checks: OwnFactorCheckService,
    private readonly keyring: Keyring,
  ) {}

  async holders(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.lockers.closedAmong(accountIds));
  }

  /** @throws AppError `locker-key.rejected`, `attempts.exceeded`, `code.exhausted` */
  async require(person: RefusedPerson, key: string, client: Client): Promise<GivenFactor> {
    const account = await this.accounts.getForSignIn(person.id);
    const isAccepted = account !== undefined && this.factors.acceptsOwn(id, account);
    return this.checks.require(person, client, WORDS, () =>
      isAccepted && this.keyring.matchesShort(key, id, [person.id]) ? this.#given(person.id) : undefined,
    );
  }

  settle<Opened>(person: RefusedPerson, client: Client, opened: Promise<Opened>): Promise<Opened> {
    return this.checks.settle(person, client, WORDS, opened);
  }

  #given(lockerId: string): GivenFactor {
    return {
      consume: async (tx) => {
        if (!(await this.lockers.openOnce(lockerId, tx))) throw new AppError(WORDS.rejected);
      },
      proof: { code, acr },
      facts: { channel: WORDS.channel },
    };
  }
}
