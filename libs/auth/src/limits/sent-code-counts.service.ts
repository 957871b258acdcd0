import { Injectable } from '@nestjs/common';
import { Clock, DAY, addMilliseconds } from '@portillon/kernel';
import { UnansweredCode, UnansweredCodeService } from '@portillon/otp';
import type { CountedLimit, LimitCounts, LimitSubject } from '@portillon/rate-limit';
import { CodePurposeRegistry } from '../code/code-purpose.registry';
import { codesOfSubject, countsOfSubject, PER_ACCOUNT, PER_DESTINATION, SendLimit } from './send-limits';

/** The message counts of an account, an address or a block, for the operator. */
@Injectable()
export class SentCodeCountsService implements LimitCounts {
  constructor(
    private readonly codes: UnansweredCodeService,
    private readonly purposes: CodePurposeRegistry,
    private readonly clock: Clock,
  ) {}

  async list(subject: LimitSubject): Promise<CountedLimit[]> {
    const counted: CountedLimit[] = [];
    for (const { limit, by } of countsOfSubject(subject, this.purposes.proofs)) {
      const codes = await this.codes.list(by, this.#since(limit), limit.max);
      counted.push(...this.#counted(subject, limit, codes));
    }
    return subject.kind === 'account' ? [...counted, ...(await this.#listOfAccount(subject))] : counted;
  }

  async clear(subject: LimitSubject): Promise<void> {
    const since = addMilliseconds(this.clock.now(), -DAY);
    for (const by of codesOfSubject(subject)) await this.codes.uncount(by, since);
  }

  async #listOfAccount(subject: LimitSubject): Promise<CountedLimit[]> {
    const codes = await this.codes.list(
      { subjectId: subject.value },
      this.#since(PER_ACCOUNT),
      PER_ACCOUNT.max,
    );
    const own = codes.filter(({ purpose }) => !this.purposes.proves(purpose));
    const destinations = [...new Set(own.map(({ destinationDigest }) => destinationDigest))];
    const ofDestinations = destinations.flatMap((digest) => {
      const there = own.filter(({ destinationDigest }) => destinationDigest === digest);
      return PER_DESTINATION.flatMap((limit) => this.#counted(subject, limit, there));
    });
    return [...this.#counted(subject, PER_ACCOUNT, codes), ...ofDestinations];
  }

  /** `codes`: newest first. Nothing where none counts. */
  #counted(subject: LimitSubject, limit: SendLimit, codes: readonly UnansweredCode[]): CountedLimit[] {
    const { name, max, windowMs } = limit;
    const counted = codes.filter(({ sentAt }) => sentAt > this.#since(limit)).slice(0, max);
    const oldest = counted.at(-1);
    if (!oldest) return [];
    return [
      {
        ...subject,
        limit: name,
        hits: counted.length,
        max,
        endsAt: addMilliseconds(oldest.sentAt, windowMs),
      },
    ];
  }

  #since({ windowMs }: SendLimit): Date {
    return addMilliseconds(this.clock.now(), -windowMs);
  }
}
