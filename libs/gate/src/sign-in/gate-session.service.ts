import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { GateSessionRepository } from './gate-session.repository';
import type { GateSessionEntity } from './gate-session.repository';
import { GateSignInRepository } from './gate-sign-in.repository';
import type { GateSignIn } from './own-pages';

/** The session that a new application cookie will open. */
export type OpenedGateSession = Pick<GateSessionEntity, 'sessionId' | 'sid' | 'expiresAt'>;

/** The sessions behind the cookies of applications. */
@Injectable()
export class GateSessionService {
  constructor(
    private readonly signIns: GateSignInRepository,
    private readonly gateSessions: GateSessionRepository,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Consumes the sign-in and opens the application's own session, which replaces the browser's former one. Returns the
   * token for its cookie. Of concurrent callers with one sign-in, only one gets a token.
   */
  open(
    signIn: GateSignIn,
    session: OpenedGateSession,
    former: string | undefined,
  ): Promise<string | undefined> {
    const { applicationId } = signIn;
    const { value, id, secretDigest } = issueToken(this.random);
    const formerId = parseToken(former)?.id;
    return this.transactions.run(async (tx) => {
      if (!(await this.signIns.use(signIn, tx))) return undefined;
      if (formerId) await this.gateSessions.delete(formerId, applicationId, tx);
      await this.gateSessions.insert({ ...session, id, applicationId, secretDigest }, tx);
      return value;
    });
  }

  /** Ends an application's sessions that belong to these sessions at Portillon, which stay open. */
  endAt(applicationId: string, sessionIds: readonly string[], tx: EntityManager): Promise<void> {
    return this.gateSessions.deleteOf(applicationId, sessionIds, tx);
  }

  /** Deletes at most `batch` whose session is over at the latest. Returns the number. */
  purge(batch: number): Promise<number> {
    return this.gateSessions.deleteExpired(this.clock.now(), batch);
  }
}
