import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random, secretMatches, addMilliseconds } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { SessionPolicy } from '../session/session.policy';
import type { NewPendingSignIn, PendingSignIn } from '../session/session.types';
import { PendingSignInRepository } from './pending-sign-in.repository';
import type { PendingSignInEntity } from './pending-sign-in.repository';

/** Sign-ins in progress. Their table and cookie differ from those of sessions, so that one cannot pass for the other. */
@Injectable()
export class PendingSignInService {
  constructor(
    private readonly signIns: PendingSignInRepository,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Begins a sign-in. The token is returned once. */
  async start(
    request: NewPendingSignIn,
    tx: EntityManager,
  ): Promise<{ signIn: PendingSignIn; token: string }> {
    const startedAt = this.clock.now();
    const token = issueToken(this.random);
    const row: PendingSignInEntity = {
      ...request,
      id: token.id,
      accountId: request.principal.accountId,
      secretDigest: token.secretDigest,
      startedAt,
      expiresAt: addMilliseconds(startedAt, this.policy.signInMs),
      endedAt: null,
    };
    await this.signIns.insert(row, tx);
    return { signIn: toSignIn(row), token: token.value };
  }

  /** Returns the sign-in in progress with this token. Accepts any text. */
  async find(token: string | undefined): Promise<PendingSignIn | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const row = await this.signIns.find(parsed.id);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    if (row.expiresAt > this.clock.now()) return toSignIn(row);
    // Stores the end, so that a server whose clock is behind does not accept it.
    await this.end(row.id).catch(() => undefined);
    return undefined;
  }

  /**
   * Returns the owner of a sign-in that is over, so that the journal can name who presents an old cookie. Gives no
   * access.
   */
  async findEnded(
    token: string | undefined,
  ): Promise<Pick<PendingSignIn, 'accountId' | 'principal'> | undefined> {
    const parsed = parseToken(token);
    const row = parsed && (await this.signIns.find(parsed.id));
    return row?.endedAt ? toSignIn(row) : undefined;
  }

  /**
   * Uses the sign-in up, in the transaction that opens its session. Of several concurrent callers exactly one gets
   * `true`.
   */
  complete({ id }: PendingSignIn, tx: EntityManager): Promise<boolean> {
    return this.signIns.complete(id, this.clock.now(), tx);
  }

  /** Cancels a sign-in, when the person goes back. Returns whether it was in progress. */
  end(id: string, tx?: EntityManager): Promise<boolean> {
    return this.signIns.end(id, this.clock.now(), tx);
  }

  /**
   * Ends every sign-in of the person. Returns how many. Waits for one that is being completed, so that {@link
   * SessionService.endAll} after it in the same transaction finds the new session. In the opposite order a session
   * could open between the two.
   */
  endAll(accountId: string, tx: EntityManager): Promise<number> {
    return this.endAllOf([accountId], tx);
  }

  /** As {@link endAll}, for many people. */
  endAllOf(accountIds: readonly string[], tx: EntityManager): Promise<number> {
    return this.signIns.endAll(accountIds, this.clock.now(), tx);
  }

  /** Deletes every sign-in of an erased person, since each holds their name. */
  erase(accountId: string, tx: EntityManager): Promise<void> {
    return this.signIns.erase(accountId, tx);
  }

  /** Deletes at most `batch` sign-ins whose retention is over. Returns how many. */
  purge(batch: number): Promise<number> {
    return this.signIns.deleteExpiredBefore(
      addMilliseconds(this.clock.now(), -this.policy.signInRetentionMs),
      batch,
    );
  }
}

function toSignIn({ secretDigest, endedAt, ...signIn }: PendingSignInEntity): PendingSignIn {
  return signIn;
}
