import { Injectable } from '@nestjs/common';
import { Clock, issueToken, parseToken, Random } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import type { GateSessionEntity } from './gate-session.entity';
import { GateSignInRepository } from './gate-sign-in.repository';
import type { GateSignIn } from './gate-sign-in.types';
import { GateSessionRepository } from './gate-session.repository';

/** What an application's cookie will stand for. */
export type OpenedSession = Pick<GateSessionEntity, 'sessionId' | 'sid' | 'expiresAt'>;

/** What the cookies of applications stand for. */
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
   * Uses the sign-in up and opens the application's own session, in the place of the one that the browser had: the
   * token for its cookie. Of several callers with one sign-in, one gets a token.
   */
  open(signIn: GateSignIn, session: OpenedSession, former: string | undefined): Promise<string | undefined> {
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

  /** Ends what the application's cookies stand for, of these sessions at Portillon, which stay open. */
  endAt(applicationId: string, sessionIds: readonly string[], tx: EntityManager): Promise<void> {
    return this.gateSessions.deleteOf(applicationId, sessionIds, tx);
  }

  /** Deletes at most `batch` whose session is over at the latest: how many. */
  purge(batch: number): Promise<number> {
    return this.gateSessions.deleteExpired(this.clock.now(), batch);
  }
}
