import { Injectable } from '@nestjs/common';
import { AuditService } from '@portillon/audit';
import type { Client } from '@portillon/http';
import { AppError, ErrorCode } from '@portillon/kernel';
import { OtpAttemptService, OtpLock } from '@portillon/otp';
import { audited } from '@portillon/access';
import type { GivenFactor } from '../session/given-factor.types';
import { CodeRefusalService, type RefusedPerson } from './code-refusal.service';

/** How the refusals of a factor are named. */
export interface OwnFactorWords {
  /** In the journal, beside the channels of codes that are sent. */
  channel: string;
  /** The one answer to every wrong code. */
  rejected: ErrorCode;
}

/**
 * An attempt at a code that we did not send: counted on the person and committed, and only then compared; refused alike
 * for a person who has no such factor.
 */
@Injectable()
export class OwnFactorCheckService {
  constructor(
    private readonly attempts: OtpAttemptService,
    private readonly refusals: CodeRefusalService,
    private readonly audit: AuditService,
  ) {}

  /**
   * What `compare` finds, whose use forgets the person's failures.
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
   * What the code opens. Where another caller was first with it, the refusal is recorded in the journal too; where what it
   * opens fails otherwise, its attempt is given back.
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

  /** Writes the refusal in the journal. @throws AppError the factor's own, always */
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
