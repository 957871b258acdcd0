import { Injectable } from '@nestjs/common';
import { Channel, Clock } from '@portillon/kernel';
import type { EntityManager } from 'typeorm';
import { OtpChallengeRepository } from './otp-challenge.repository';
import { OtpCodeService } from './otp-code.service';
import type { CodesBy, UnansweredCode } from './otp.types';

/** Codes that were sent and not entered, for limits that the caller defines. */
@Injectable()
export class UnansweredCodeService {
  constructor(
    private readonly challenges: OtpChallengeRepository,
    private readonly codes: OtpCodeService,
    private readonly clock: Clock,
  ) {}

  /** Codes that were sent after `since`, newest first, at most `limit`. Goes no further back than the retention of codes. */
  list(by: CodesBy, since: Date, limit: number, tx?: EntityManager): Promise<UnansweredCode[]> {
    return this.challenges.findUnanswered(this.codes.countedBy(by), since, { skip: 0, take: limit }, tx);
  }

  /** Codes of each of these people that were sent after `since`, newest first. At most one statement. */
  async listAll(subjectIds: readonly string[], since: Date): Promise<Map<string, UnansweredCode[]>> {
    const codes = new Map<string, UnansweredCode[]>(subjectIds.map((id) => [id, []]));
    const found = subjectIds.length === 0 ? [] : await this.challenges.findUnansweredOf(subjectIds, since);
    for (const { subjectId, ...code } of found) codes.get(subjectId)!.push(code);
    return codes;
  }

  /** When the `place`th newest of them was sent, if there are so many. */
  async sentAtPlace(by: CodesBy, since: Date, place: number, tx?: EntityManager): Promise<Date | undefined> {
    const range = { skip: place - 1, take: 1 };
    const [code] = await this.challenges.findUnanswered(this.codes.countedBy(by), since, range, tx);
    return code?.sentAt;
  }

  /** Whether the code was sent to this very address or number. */
  isSentTo(code: UnansweredCode, channel: Channel, destination: string): boolean {
    return this.codes.isDestination(code.destinationDigest, channel, destination);
  }

  /** Has limits ignore these codes. */
  uncount(by: CodesBy, since: Date): Promise<void> {
    return this.challenges.uncount(this.codes.countedBy(by), since, this.clock.now());
  }
}
