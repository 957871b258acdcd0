import { Inject, Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AccountTokenKind, AccountTokenService } from '@portillon/credential';
import { Clock } from '@portillon/kernel';
import { NotificationService } from '@portillon/notification';
import type { EntityManager } from 'typeorm';
import { linkMail } from './link-mail';
import { RECOVERY_MAIL_OPTIONS, type RecoveryMailOptions } from './recovery.options';

export interface LinkRequest {
  kind: AccountTokenKind;
  account: Account;
  /** The data that a used link returns to its issuer. */
  context?: string;
  /** One of many: the mail leaves at the pace set for them, behind everything else. */
  bulk?: boolean;
}

const MAIL_KINDS = { INVITATION: 'invitation', PASSWORD_RESET: 'password-reset' } as const;

/** Makes a link to choose a password and writes the mail that carries it. */
@Injectable()
export class LinkMailService {
  constructor(
    private readonly tokens: AccountTokenService,
    private readonly notifications: NotificationService,
    private readonly clock: Clock,
    @Inject(RECOVERY_MAIL_OPTIONS) private readonly options: RecoveryMailOptions,
  ) {}

  /**
   * Sends a link and returns its expiry. Voids the account's earlier link of this kind. The outbox sends the mail within
   * seconds, or at the pace of the bulk queue.
   *
   * @throws AppError `channel.unavailable` when mail is off, `validation.failed` when the address cannot be written to
   */
  async write({ kind, account, context, bulk }: LinkRequest, tx: EntityManager): Promise<Date> {
    const token = await this.tokens.issue({ kind, accountId: account.id, context }, tx);
    const usefulUntil = this.tokens.expiry(kind, this.clock.now());
    const mail = linkMail({ kind, account, token, goodUntil: usefulUntil, options: this.options });
    const when = bulk ? 'bulk' : 'later';
    const enqueueing = { kind: MAIL_KINDS[kind], accountId: account.id, when, usefulUntil } as const;
    await this.notifications.enqueue(mail, enqueueing, tx);
    return usefulUntil;
  }
}
