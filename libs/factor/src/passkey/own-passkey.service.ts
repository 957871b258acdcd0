import { Injectable } from '@nestjs/common';
import { AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { audited, personOf, SecurityChangeService, FactorPolicy } from '@portillon/access';
import { Passkey, PasskeyService } from '@portillon/authenticator';
import { Client } from '@portillon/http';
import { AppError } from '@portillon/kernel';
import { SecurityNoticeService } from '@portillon/security-notice';
import { Session } from '@portillon/session';

export interface OwnPasskey {
  passkey: Passkey;
  /** Whether it signs in and confirms now. */
  accepted: boolean;
}

/** The passkeys of the signed-in user, who lists and changes them. */
@Injectable()
export class OwnPasskeyService {
  constructor(
    private readonly passkeys: PasskeyService,
    private readonly accounts: AccountService,
    private readonly factors: FactorPolicy,
    private readonly changes: SecurityChangeService,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
  ) {}

  async list({ accountId }: Session): Promise<OwnPasskey[]> {
    const account = await this.accounts.get(accountId);
    const { offered } = this.passkeys;
    const isAccepted = (one: Passkey) =>
      Boolean(account && offered && !this.factors.passkeyRule(one, account));
    const own = await this.passkeys.list(accountId);
    return own.map((passkey) => ({ passkey, accepted: isAccepted(passkey) }));
  }

  /** @throws AppError `not-found`, also for a passkey of another account */
  async rename(session: Session, id: string, name: string, client: Client): Promise<void> {
    const { accountId } = session;
    await this.changes.run(session, async (tx) => {
      if (!(await this.passkeys.rename(accountId, id, name, tx))) throw new AppError('not-found');
      await this.notices.notify('passkey-renamed', { id: accountId }, { client }, tx);
      const event = { name: 'passkey_renamed', outcome: 'SUCCESS', data: { passkeyId: id } } as const;
      await this.audit.record(audited(client, personOf(session), event), tx);
    });
  }

  /** Ends the other sessions too: one of them may be that of a lost authenticator. @throws AppError `not-found` */
  async end(session: Session, id: string, client: Client): Promise<void> {
    await this.changes.run(session, async (tx) => {
      if (!(await this.passkeys.end(session.accountId, id, tx))) throw new AppError('not-found');
      const facts = { data: { passkeyId: id } };
      const change = { event: 'passkey_removed', notice: 'passkey-removed', facts } as const;
      await this.changes.complete(session, change, client, tx);
    });
  }
}
