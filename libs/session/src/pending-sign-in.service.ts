import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random, secretMatches, shift } from '@portillon/kernel';
import { Database, rawSql } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { changeRows, chooseRows } from './chosen-rows';
import type { PendingSignIn } from './pending-sign-in.types';
import { SessionPolicy } from './session.policy';
import { toWords } from './session.row';
import type { Principal, SessionMeans } from './session.types';

export interface NewPendingSignIn {
  principal: Principal;
  means: SessionMeans;
  /** Words of RFC 8176. */
  amr: string[];
  browserId: string | null;
}

interface PendingSignInRow extends Omit<PendingSignIn, 'principal' | 'amr'> {
  secretDigest: string | null;
  principal: string;
  amr: string;
}

// Guarded by the secret, which goes with the end: a condition on `endedAt` might be searched by its index.
const END = 'UPDATE signIn SET endedAt = ?, secretDigest = NULL WHERE secretDigest IS NOT NULL';
const COMPLETE = `${END} AND id = ? AND expiresAt > ?`;
const FIND = `SELECT id, accountId, secretDigest, principal, means, amr, startedAt, expiresAt, browserId
  FROM signIn WHERE id = ?`;

/** Sign-ins in progress: another table and another cookie than sessions, so that none can pass for one. */
@Injectable()
export class PendingSignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly policy: SessionPolicy,
  ) {}

  /** Begins a sign-in. The token is given once. */
  async start(
    request: NewPendingSignIn,
    tx: EntityManager,
  ): Promise<{ signIn: PendingSignIn; token: string }> {
    const startedAt = this.clock.now();
    const token = issueToken(this.random);
    const expiresAt = shift(startedAt, this.policy.signInMs);
    const { accountId } = request.principal;
    const signIn = { ...request, id: token.id, accountId, startedAt, expiresAt };
    await insertSignIn(signIn, token.secretDigest, tx);
    return { signIn, token: token.value };
  }

  /** The id that a token names, whether there is such a sign-in or not; empty for any other text. */
  idIn(token: string | undefined): string {
    return parseToken(token)?.id ?? '';
  }

  /** The sign-in in progress whose token this is. Any text is answered. */
  async find(token: string | undefined): Promise<PendingSignIn | undefined> {
    const parsed = parseToken(token);
    if (!parsed) return undefined;
    const row = await this.database.row<PendingSignInRow>(FIND, [parsed.id]);
    if (!row || !secretMatches(parsed.secret, row.secretDigest)) return undefined;
    return row.expiresAt <= this.clock.now() ? this.#lapse(row.id) : toSignIn(row);
  }

  /** Uses the sign-in up, in the transaction that opens its session. Of several at once exactly one gets `true`. */
  async complete({ id }: PendingSignIn, tx: EntityManager): Promise<boolean> {
    const now = this.clock.now();
    return (await rawSql(tx).execute(COMPLETE, [now, id, now])) === 1;
  }

  /** Gives one up: the person went back. Whether it was in progress. */
  async end(id: string, at: EntityManager = this.database.manager): Promise<boolean> {
    return (await rawSql(at).execute(`${END} AND id = ?`, [this.clock.now(), id])) === 1;
  }

  /**
   * Ends every sign-in of the person: how many. It waits for one that is just being completed, so that
   * {@link Sessions.endAll} after it in the same transaction finds the session it opened. The other way round,
   * somebody could slip in between.
   */
  async endAll(accountId: string, tx: EntityManager): Promise<number> {
    const ids = await chooseRows(tx, 'signIn', 'accountId = ? AND endedAt IS NULL', [accountId]);
    return changeRows(tx, END, [this.clock.now()], ids);
  }

  /** Deletes every sign-in of a person who is erased: each holds their name. */
  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await rawSql(tx).execute('DELETE FROM signIn WHERE accountId = ?', [accountId]);
  }

  /** Deletes at most `batch` that ended long ago: how many. */
  async purge(batch: number): Promise<number> {
    const limit = shift(this.clock.now(), -this.policy.signInRetentionMs);
    const ids = await chooseRows(this.database.manager, 'signIn', 'expiresAt < ?', [limit], batch);
    return changeRows(this.database.manager, 'DELETE FROM signIn WHERE expiresAt < ?', [limit], ids);
  }

  // Written down, so that no server whose clock is behind takes it for open again.
  async #lapse(id: string): Promise<undefined> {
    await this.end(id).catch(() => undefined);
  }
}

async function insertSignIn(signIn: PendingSignIn, secretDigest: string, tx: EntityManager): Promise<void> {
  const { id, accountId, principal, means, amr, browserId, startedAt, expiresAt } = signIn;
  await rawSql(tx).execute(
    `INSERT INTO signIn (id, accountId, secretDigest, principal, means, amr, browserId, startedAt, expiresAt)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      id,
      accountId,
      secretDigest,
      JSON.stringify(principal),
      means,
      amr.join(' '),
      browserId,
      startedAt,
      expiresAt,
    ],
  );
}

function toSignIn(row: PendingSignInRow): PendingSignIn {
  const { secretDigest, ...rest } = row;
  return { ...rest, principal: JSON.parse(row.principal) as Principal, amr: toWords(row.amr) };
}
