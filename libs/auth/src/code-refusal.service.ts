import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import type { CodeCheck } from '@portillon/otp';
import { Database } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { audited } from './audit-context';
import { codeRefusal } from './code-refusal';
import { codeFailure } from './code-use';
import { SecurityNoticeService } from './security-notice.service';
import type { NoticeKind } from './security-notice.types';

export type RefusedCode = Exclude<CodeCheck, { status: 'accepted' }>;

type Person = Pick<Account, 'id' | 'structure'>;
type More = { means?: string; channel?: string };

/** What follows a code that was not accepted, whatever it was for: the journal, the notice, the one error of its kind. */
@Injectable()
export class CodeRefusalService {
  constructor(
    private readonly database: Database,
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError always: `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async refuse(outcome: RefusedCode, person: Person, client: Client, more: More = {}): Promise<never> {
    await this.record(outcome, person, client, more);
    return this.answer(outcome, person, client);
  }

  /** The journal's line, in the caller's transaction where there is one. */
  record(
    outcome: RefusedCode,
    person: Person,
    client: Client,
    more: More,
    at: EntityManager = this.database.manager,
  ): Promise<void> {
    return this.audit.record(audited(client, person, { ...more, ...codeFailure(outcome) }), at);
  }

  /** Once it is written down: the notice, and the error. @throws AppError as {@link refuse} */
  async answer(outcome: RefusedCode, person: Person, client: Client): Promise<never> {
    const kind = noticeOf(outcome);
    const until = outcome.status === 'locked' ? (outcome.retryAt ?? undefined) : undefined;
    if (kind) await this.notices.notify(kind, person, { client, until }, this.database.manager);
    throw codeRefusal(outcome, this.clock);
  }
}

/** Told once: by the attempt that made it so, not by those after it. */
function noticeOf(outcome: RefusedCode): NoticeKind | undefined {
  if (locks(outcome)) return 'account-locked';
  return outcome.status === 'rejected' && outcome.attemptsLeft === 0 ? 'codes-exhausted' : undefined;
}

function locks(outcome: RefusedCode): boolean {
  return outcome.status === 'locked' && outcome.fresh;
}
