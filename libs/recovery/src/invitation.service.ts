import { Injectable } from '@nestjs/common';
import { Account, AccountService } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { EntityManager } from 'typeorm';
import { LinkMailService } from './link-mail.service';

/** The inviter. */
export interface InvitationActor {
  /** The administrator's account; null for the command line, or for an invited user who asked again. */
  id: string | null;
  /** Undefined when no request caused it: the command line, or an import that continues in the background. */
  client?: Client;
  /** One of many: the mail leaves at the pace set for them, behind everything else. */
  bulk?: boolean;
}

/** Links that administrators send: to a first password, which proves the mail address, or to the next one. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly links: LinkMailService,
    private readonly accounts: AccountService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Writes the invitation and the journal's line in the caller's transaction; the earlier invitation is void.
   *
   * @throws AppError `channel.unavailable` when mail is off, `validation.failed` when the address cannot be written to
   */
  async send(account: Account, actor: InvitationActor, tx: EntityManager): Promise<void> {
    const until = await this.links.write({ kind: 'INVITATION', account, bulk: actor.bulk }, tx);
    await this.accounts.recordInvitation(account.id, until, tx);
    await this.audit.record(entry(account, actor), tx);
  }

  /** Writes a link to another password, for the holder of an active account whose password is void. @throws AppError as {@link send} */
  async sendPasswordLink(account: Account, tx: EntityManager): Promise<void> {
    await this.links.write({ kind: 'PASSWORD_RESET', account }, tx);
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
