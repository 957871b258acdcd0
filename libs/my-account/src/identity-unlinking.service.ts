import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { SecurityChangeService } from '@portillon/access';
import { Client } from '@portillon/http';
import { maskNationalId } from '@portillon/kernel';
import { Session } from '@portillon/session';
import { OwnAccountService } from './own-account.service';

/** Removes the national id from the account: neither a card nor an e-CPS opens it any longer. */
@Injectable()
export class IdentityUnlinkingService {
  constructor(
    private readonly own: OwnAccountService,
    private readonly accounts: AccountService,
    private readonly changes: SecurityChangeService,
  ) {}

  /** Ends the other sessions too: one of them may be that of a lost card. Nothing happens when there is no link. */
  async unlink(session: Session, client: Client): Promise<void> {
    const { nationalId } = await this.own.get(session);
    if (!nationalId) return;
    const facts = { data: { nationalId: maskNationalId(nationalId) } };
    const change = { event: 'identity_unlinked', notice: 'identity-unlinked', facts } as const;
    await this.changes.run(session, async (tx) => {
      // Another request was first, and has notified the account holder.
      if (!(await this.accounts.unlinkNationalId(session.accountId, nationalId, tx))) return;
      await this.changes.complete(session, change, client, tx);
    });
  }
}
