import { Inject, Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import { AccountTokenKind, AccountTokenService } from '@portillon/credential';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { EntityManager } from 'typeorm';
import { linkMail, RECOVERY_MAIL_OPTIONS } from './link-mail';
import type { RecoveryMailOptions } from './link-mail';

/** The inviter. */
export interface InvitationActor {
  /** The administrator's account; null for the command line, or for an invited user who asked again. */
  id: string | null;
  /** Undefined when no request caused it: the command line, or an import that continues in the background. */
  client?: Client;
  /** One of many: the mail leaves behind everything else, as slowly as is set for them. */
  bulk?: boolean;
  /** A longer life of the link than usual: the end of a wave of invitations. */
  until?: Date;
  /** The mail says that it is a reminder. */
  isReminder?: boolean;
}

interface LinkRequest {
  kind: AccountTokenKind;
  account: Account;
  /** The data that a used link returns to its issuer. */
  context?: string;
  bulk?: boolean;
  until?: Date | null;
  isReminder?: boolean;
}

const MAIL_KINDS = { INVITATION: 'invitation', PASSWORD_RESET: 'password-reset' } as const;

/**
 * Sends links by mail: to a first password, which proves the mail address, or to the next one. The outbox sends the mail
 * within seconds, or as slowly as is set for the bulk queue.
 */
@Injectable()
export class InvitationService {
  constructor(
    private readonly tokens: AccountTokenService,
    private readonly notifications: NotificationService,
    private readonly accounts: AccountService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {}

  /**
   * Writes the invitation and the journal's line in the caller's transaction; the earlier invitation is void. The new one
   * lives at least as long: a stranger’s request does not shorten an invitation of a wave.
   *
   * @throws AppError `channel.unavailable` when mail is off, `validation.failed` when the address cannot be written to
   */
  async send(account: Account, actor: InvitationActor, tx: EntityManager): Promise<void> {
    const { bulk, isReminder, until = account.invitedUntil } = actor;
    const expiresAt = await this.#write({ kind: 'INVITATION', account, bulk, isReminder, until }, tx);
    await this.accounts.recordInvitation(account.id, expiresAt, tx);
    await this.audit.record(entry(account, actor), tx);
  }

  /**
   * Writes a link to another password, for the holder of an active account. The earlier link is void; a used one returns
   * `context`. @throws AppError as {@link send}
   */
  async sendPasswordLink(account: Account, tx: EntityManager, context?: string): Promise<void> {
    await this.#write({ kind: 'PASSWORD_RESET', account, context }, tx);
  }

  /** Returns the expiry of the link. */
  async #write(
    { kind, account, context, bulk, until, isReminder }: LinkRequest,
    tx: EntityManager,
  ): Promise<Date> {
    const token = await this.tokens.issue({ kind, accountId: account.id, context, until }, tx);
    const usefulUntil = this.tokens.expiry(kind, this.clock.now(), until);
    const mail = linkMail({
      kind,
      account,
      token,
      goodUntil: usefulUntil,
      isReminder,
      options: this.options,
    });
    const when = bulk ? 'bulk' : 'later';
    const enqueueing = { kind: MAIL_KINDS[kind], accountId: account.id, when, usefulUntil } as const;
    await this.notifications.enqueue(mail, enqueueing, tx);
    return usefulUntil;
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
