import { Injectable } from '@nestjs/common';
import { AuditData, Reason, RefusalJournalService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, type ErrorCode } from '@portillon/kernel';
import { auditedBy } from './actor';
import type { Actor } from './administrator.types';

/** Who asked, from where. */
export interface Asking {
  actor: Actor | undefined;
  client: Client;
}

/** What administration refuses, each time with a line of the journal; a person cannot fill the journal with them. */
@Injectable()
export class AccessRefusalService {
  constructor(private readonly refusals: RefusalJournalService) {}

  /** What the roles do not allow. @throws AppError `code` */
  async forbid(
    asking: Asking,
    reason: Reason,
    data: AuditData,
    code: ErrorCode = 'permission.denied',
  ): Promise<never> {
    await this.#record(asking, reason, data);
    throw new AppError(code);
  }

  /** What the roles allow, and the means of the sign-in does not. @throws AppError `means.too-weak` */
  async askForStrongMeans(asking: Asking, data: AuditData): Promise<never> {
    await this.#record(asking, 'means-too-weak', data);
    throw new AppError('means.too-weak');
  }

  /** What is beyond the reach: it looks like what does not exist. @throws AppError `not-found` */
  async hide(asking: Asking, data: AuditData): Promise<never> {
    await this.#record(asking, 'other-structure', data);
    throw new AppError('not-found');
  }

  #record({ actor, client }: Asking, reason: Reason, data: AuditData): Promise<void> {
    const event = { name: 'authz_fail', outcome: 'FAILURE', reason, data } as const;
    return this.refusals.record(auditedBy(actor, client, event));
  }
}
