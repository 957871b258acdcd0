import { Injectable } from '@nestjs/common';
import type { Account } from '@portillon/account';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { Clock } from '@portillon/kernel';
import type { CodeCheck } from '@portillon/otp';
import { NoticeKind, SecurityNoticeService } from '@portillon/security-notice';
import { audited } from '@portillon/access';
import { codeRefusal } from './code-refusal';
import { codeFailure } from './code-use';

export type RefusedCode = Exclude<CodeCheck, { status: 'accepted' }>;
export type RefusedPerson = Pick<Account, 'id' | 'structure'>;
export type RefusalFacts = { means?: string; channel?: string };

/** Handles a refused code of any purpose: the journal entry, the notice and the error. */
@Injectable()
export class CodeRefusalService {
  constructor(
    private readonly notices: SecurityNoticeService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** @throws AppError always: `code.rejected`, `code.expired`, `code.exhausted`, `attempts.exceeded` */
  async refuse(
    outcome: RefusedCode,
    person: RefusedPerson,
    client: Client,
    facts: RefusalFacts = {},
  ): Promise<never> {
    await this.audit.record(audited(client, person, { ...facts, ...codeFailure(outcome) }));
    const kind = noticeOf(outcome);
    const until = outcome.status === 'locked' ? (outcome.retryAt ?? undefined) : undefined;
    if (kind) await this.notices.notify(kind, person, { client, until });
    throw codeRefusal(outcome, this.clock);
  }

  /** Records a code that was used before, or whose sign-in is over: a replay, or a second click. */
  async recordReplay(person: RefusedPerson, client: Client, facts: RefusalFacts): Promise<void> {
    await this.audit.record(audited(client, person, { ...facts, ...codeFailure({ status: 'none' }) }));
  }
}

/** The notice is sent once: for the attempt that caused the lock, not for later ones. */
function noticeOf(outcome: RefusedCode): NoticeKind | undefined {
  if (outcome.status === 'locked' && outcome.fresh) return 'account-locked';
  return outcome.status === 'rejected' && outcome.attemptsLeft === 0 ? 'codes-exhausted' : undefined;
}
