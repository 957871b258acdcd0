import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { FactorResetService } from '@portillon/access';
import { InvitationActor, InvitationService } from '@portillon/recovery';
import { SecurityNoticeService } from '@portillon/security-notice';
import type { EntityManager } from 'typeorm';

/** Applies the effects of an administrator's change of a mail address. */
@Injectable()
export class EmailReplacementService {
  constructor(
    private readonly factorReset: FactorResetService,
    private readonly invitations: InvitationService,
    private readonly notices: SecurityNoticeService,
  ) {}

  /** Ends everything opened with the old address. An invited user gets a new invitation. */
  async apply(before: Account, after: Account, actor: InvitationActor, tx: EntityManager): Promise<void> {
    await this.factorReset.endAll(before.id, 'mail_changed', tx);
    if (after.status === 'INVITED') await this.invitations.send(after, actor, tx);
    else await this.notices.notify('mail-replaced', after, { by: 'administrator', to: before.email }, tx);
  }
}
