import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { Transactions } from '@portillon/persistence';
import { Session, SessionService } from '@portillon/session';
import { audited, holderOf, principalOf } from './principal';

/** The structure for which a person of several works in this session. */
@Injectable()
export class StructureInUseService {
  constructor(
    private readonly transactions: Transactions,
    private readonly accounts: AccountService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes it the structure in use, and the first choice of the next sign-in. Asks for no code: the strictest rules of all
   * structures applied at the sign-in.
   *
   * @throws AppError `not-found` without an open membership there, `session.required` when the session ended meanwhile
   */
  async choose(session: Session, structureId: string, client: Client): Promise<Session> {
    const { structure: before, structureChosen, codeLimit } = session.principal;
    if (structureChosen && before?.id === structureId) return session;
    return this.transactions.run(async (tx) => {
      const account = await this.accounts.getForSignIn(session.accountId, tx);
      const isMember = account?.memberships.some(({ structure }) => structure.id === structureId);
      if (!account || !isMember) throw new AppError('not-found');
      const chosen = await this.sessions.setPrincipal(
        session,
        principalOf(account, codeLimit, structureId),
        tx,
      );
      if (!chosen) throw new AppError('session.required');
      await this.accounts.recordStructureInUse(account.id, structureId, tx);
      const event = { name: 'structure_chosen', outcome: 'SUCCESS' } as const;
      await this.audit.record(audited(client, holderOf(chosen), event), tx);
      return chosen;
    });
  }
}
