import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, ErrorCode } from '@portillon/kernel';
import { OtpAttemptService, OtpLock } from '@portillon/otp';
import { audited } from '@portillon/access';
import type { GivenFactor } from '../session/given-factor.types';
import { CodeRefusalService, type RefusedPerson } from './code-refusal.service';

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
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Returns the factor that `compare` finds. Its use clears the account's failed attempts.
   *
   * @throws AppError the factor's own, `attempts.exceeded`, `code.exhausted`, `service.busy`
   */
  async require(
    person: RefusedPerson,
    client: Client,
    words: OwnFactorWords,
    compare: () => GivenFactor | undefined,
  ): Promise<GivenFactor> {
    const counted = await this.attempts.count(person.id);
    if (counted.status === 'locked') return this.#refuseLocked(counted, person, client, words);
    const given = compare();
    if (given) return this.#forgiving(given, person);
    return counted.lock
      ? this.#refuseLocked(counted.lock, person, client, words)
      : this.#refuse(person, client, words);
  }

  /**
   * Returns the result that the code opens. When another caller used the code first, records the refusal in the journal.
   * When `opened` fails for another reason, refunds the attempt.
   */
  async settle<Opened>(
    person: RefusedPerson,
    client: Client,
    words: OwnFactorWords,
    opened: Promise<Opened>,
  ): Promise<Opened> {
    try {
      return await opened;
    } catch (error) {
      if (error instanceof AppError && error.code === words.rejected)
        return this.#refuse(person, client, words);
      await this.attempts.refund(person.id).catch(() => undefined);
      throw error;
    }
  }

  /** Records the refusal in the journal. @throws AppError the factor's own, always */
  async #refuse(
    person: RefusedPerson,
    client: Client,
    { channel, rejected }: OwnFactorWords,
  ): Promise<never> {
    const event = { name: 'authn_code_fail', outcome: 'FAILURE', reason: 'rejected', channel } as const;
    await this.audit.record(audited(client, person, event));
    throw new AppError(rejected);
  }

  #forgiving(given: GivenFactor, { id }: RefusedPerson): GivenFactor {
    return {
      ...given,
      consume: async (tx) => {
        await given.consume(tx);
        await this.attempts.forgive(id, tx);
      },
    };
  }

  #refuseLocked(
    lock: OtpLock,
    person: RefusedPerson,
    client: Client,
    { channel }: OwnFactorWords,
  ): Promise<never> {
    return this.refusals.refuse(lock, person, client, { channel });
  }
}
