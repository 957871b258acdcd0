import { Injectable } from '@nestjs/common';
import { FactorPolicy, type FactorPresence, holderOf } from '@portillon/access';
import { AccountService } from '@portillon/account';
import { OwnFactorCheckService, SignInCompletionService } from '@portillon/auth';
import type {
  CompletedSignIn,
  CompletionPlace,
  GivenFactor,
  OwnFactorWords,
  RefusedPerson,
  SteppedUp,
} from '@portillon/auth';
import type { Client } from '@portillon/http';
import { AppError, Keyring } from '@portillon/kernel';
import { LockerService } from '@portillon/locker';
import { Transactions } from '@portillon/persistence';
import { PendingSignInService } from '@portillon/session';
import type { Session } from '@portillon/session';
import type { EntityManager } from 'typeorm';
import { lockerKeyFactor } from './locker-key.factor';

const WORDS = { channel: 'LOCKER_KEY', rejected: 'locker-key.rejected' } as const satisfies OwnFactorWords;
const { id, code, acr } = lockerKeyFactor;
const FACTOR: GivenFactor = { proof: { code, acr }, facts: { channel: WORDS.channel } };

/** The key of one's locker, at a sign-in and in a session that is open. */
@Injectable()
export class LockerKeyService implements FactorPresence {
  constructor(
    private readonly transactions: Transactions,
    private readonly lockers: LockerService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly checks: OwnFactorCheckService,
    private readonly signIns: SignInCompletionService,
    private readonly pendingSignIns: PendingSignInService,
    private readonly keyring: Keyring,
  ) {}

  async holders(accountIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set(await this.lockers.closedAmong(accountIds));
  }

  /** @throws AppError `locker-key.rejected`, `attempts.exceeded`, `code.exhausted`, `session.required` */
  confirm(session: Session, key: string, client: Client): Promise<SteppedUp> {
    return this.#use(holderOf(session), key, client, (tx) =>
      this.signIns.stepUp(session, FACTOR, client, tx),
    );
  }

  /** @throws AppError `sign-in.required`, `locker-key.rejected`, `attempts.exceeded`, `code.exhausted` */
  async signIn(token: string | undefined, key: string, place: CompletionPlace): Promise<CompletedSignIn> {
    const signIn = await this.pendingSignIns.find(token);
    if (!signIn) throw new AppError('sign-in.required');
    return this.#use(holderOf(signIn), key, place.client, (tx) =>
      this.signIns.complete(signIn, FACTOR, place, tx),
    );
  }

  /** Counts the attempt and commits, then compares, then uses the key up with what it opens. */
  async #use<Opened>(
    person: RefusedPerson,
    key: string,
    client: Client,
    open: (tx: EntityManager) => Promise<Opened>,
  ): Promise<Opened> {
    const account = await this.accounts.getForSignIn(person.id);
    const isAccepted = account !== undefined && this.factors.acceptsOwn(id, account);
    await this.checks.verify(
      person,
      client,
      WORDS,
      () => (isAccepted && this.keyring.matchesShort(key, id, [person.id])) || undefined,
    );
    try {
      return await this.transactions.run(async (tx) => {
        if (!(await this.lockers.openOnce(person.id, tx))) throw new AppError(WORDS.rejected);
        await this.checks.forgive(person.id, tx);
        return open(tx);
      });
    } catch (error) {
      await this.checks.refundAfter(error, person, client, WORDS);
      throw error;
    }
  }
}
