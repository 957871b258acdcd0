import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import type { EntityManager } from 'typeorm';
import { AppError, ErrorCode } from '@portillon/kernel';
import { OtpAttemptService, OtpLock } from '@portillon/otp';
import { audited } from '@portillon/access';
import { CodeCheckService, type RefusedPerson } from './code-check.service';

/** The names of a factor's refusals. */
export interface OwnFactorWords {
  /** In the journal: the factor, as an addition to the channels of sent codes. */
  channel: string;
  /** The same error for every wrong code. */
  rejected: ErrorCode;
}

/**
 * Checks a code that we did not send. The attempt is counted and committed before the code is compared. The refusal is the
 * same for an account without such a factor.
 */
@Injectable()
export class OwnFactorCheckService {
  constructor(
    private readonly attempts: OtpAttemptService,
    private readonly codes: CodeCheckService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Returns what `compare` finds, which the caller must still use up, with {@link forgive} in the same transaction.
   *
   * @throws AppError the factor's own, `attempts.exceeded`, `code.exhausted`, `service.busy`
   */
  async verify<Match>(
    person: RefusedPerson,
    client: Client,
    words: OwnFactorWords,
    compare: () => Match | undefined,
  ): Promise<Match> {
    const counted = await this.attempts.count(person.id);
    if (counted.status === 'locked') return this.#refuseLocked(counted, person, client, words);
    const match = compare();
    if (match !== undefined) return match;
    if (counted.lock) return this.#refuseLocked(counted.lock, person, client, words);
    await this.#recordRefusal(person, client, words);
    throw new AppError(words.rejected);
  }

  /** Clears the failed attempts of the account, in the transaction of what the right code opens. */
  forgive(accountId: string, tx: EntityManager): Promise<void> {
    return this.attempts.forgive(accountId, tx);
  }

  /**
   * What the right code opens failed: records the refusal where another caller used the code first, and otherwise takes the
   * attempt back.
   */
  async refundAfter(
    error: unknown,
    person: RefusedPerson,
    client: Client,
    words: OwnFactorWords,
  ): Promise<void> {
    if (error instanceof AppError && error.code === words.rejected)
      await this.#recordRefusal(person, client, words);
    else await this.attempts.refund(person.id).catch(() => undefined);
  }

  async #recordRefusal(person: RefusedPerson, client: Client, { channel }: OwnFactorWords): Promise<void> {
    const event = { name: 'authn_code_fail', outcome: 'FAILURE', reason: 'rejected', channel } as const;
    await this.audit.record(audited(client, person, event));
  }

  #refuseLocked(
    lock: OtpLock,
    person: RefusedPerson,
    client: Client,
    { channel }: OwnFactorWords,
  ): Promise<never> {
    return this.codes.refuse(lock, person, client, { channel });
  }
}
