import { Inject, Injectable } from '@nestjs/common';
import { Account } from '@portillon/account';
import { AccountTokenService } from '@portillon/credential';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { EntityManager } from 'typeorm';
import { linkMail } from './link-mail';
import { RECOVERY_MAIL_OPTIONS } from './recovery.options';
import type { RecoveryMailOptions } from './recovery.options';

/** Who invites. */
export interface InvitationActor {
  /** The administrator's account; null for the command line, or for the invited person who asked again. */
  id: string | null;
  /** Nothing when no request did it: the command line, an import that goes on by itself. */
  client?: Client;
  /** One of many: the mail leaves at the pace set for them, behind everything else. */
  bulk?: boolean;
}

/** Invitations: a link by which somebody chooses their first password, and thereby proves their mail address. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly tokens: AccountTokenService,
    private readonly notifications: NotificationService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {}

  /**
   * Writes the invitation and the journal's line in the caller's transaction; the earlier invitation is void. The mail
   * leaves with the outbox, within seconds, or at the pace of the bulk lane.
   *
   * @throws AppError `channel.unavailable` when mail is off, `validation.failed` when the address cannot be written to
   */
  async send(account: Account, actor: InvitationActor, tx: EntityManager): Promise<void> {
    const token = await this.tokens.issue('INVITATION', account.id, tx);
    const usefulUntil = this.tokens.expiry('INVITATION', this.clock.now());
    const mail = linkMail({
      kind: 'INVITATION',
      account,
      token,
      goodUntil: usefulUntil,
      options: this.options,
    });
    const when = actor.bulk ? 'bulk' : 'later';
    await Promise.all([
      this.notifications.enqueue(mail, { kind: 'invitation', accountId: account.id, when, usefulUntil }, tx),
      this.audit.record(entry(account, actor), tx),
    ]);
  }
}

function entry(account: Account, { id, client }: InvitationActor) {
  return {
    name: 'user_invited',
    outcome: 'SUCCESS',
    accountId: account.id,
    actorId: id,
    structureId: account.structure?.id ?? null,
    ...(client && { address: client.address, device: client.userAgent, requestId: client.requestId }),
  } as const;
}
