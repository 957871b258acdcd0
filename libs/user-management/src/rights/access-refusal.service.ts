import { Injectable } from '@nestjs/common';
import { AuditData, Reason, RefusalJournalService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, type ErrorCode } from '@portillon/kernel';
import { auditedBy } from './actor';
import type { Actor } from './actor';

/** The requester, and their client. */
export interface Asking {
  actor: Actor | undefined;
  client: Client;
}

/** Records refusals of administration in the journal, at a limited rate for each caller. */
@Injectable()
export class AccessRefusalService {
  constructor(private readonly refusals: RefusalJournalService) {}

  /** Records a missing role, and refuses. @throws AppError `code` */
  async forbid(
    asking: Asking,
    reason: Reason,
    data: AuditData,
    code: ErrorCode = 'permission.denied',
  ): Promise<never> {
    await this.#record(asking, reason, data);
    throw new AppError(code);
  }

  /** Records a sign-in that is too weak, and refuses. @throws AppError `means.too-weak` */
  async askForStrongMeans(asking: Asking, data: AuditData): Promise<never> {
    await this.#record(asking, 'means-too-weak', data);
    throw new AppError('means.too-weak');
  }

  /** Records an item out of reach, and refuses it as if it did not exist. @throws AppError `not-found` */
  async hide(asking: Asking, data: AuditData): Promise<never> {
    await this.#record(asking, 'other-structure', data);
    throw new AppError('not-found');
  }

  #record({ actor, client }: Asking, reason: Reason, data: AuditData): Promise<void> {
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason, data } as const;
    return this.refusals.record(auditedBy(actor, client, event));
  }
}
