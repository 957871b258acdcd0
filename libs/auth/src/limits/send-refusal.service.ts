import { Injectable } from '@nestjs/common';
import { Channel, Clock, tooMany } from '@portillon/kernel';
import { LimitMetrics } from '@portillon/rate-limit';
import { sendLimitWords } from './send-limit.texts';
import { leavesOtherChannels, SendLimit } from './send-limits';

/** A limit that a message would pass. */
export interface FullLimit {
  limit: SendLimit;
  /** When it allows another one. */
  retryAt: Date;
}

/** The refusal of a message that a limit stops. */
@Injectable()
export class SendRefusalService {
  constructor(
    private readonly metrics: LimitMetrics,
    private readonly clock: Clock,
  ) {}

  /** `channels`: by which they may have the same code. @throws AppError `attempts.exceeded` */
  refuse({ limit, retryAt }: FullLimit, channels: readonly Channel[]): never {
    const { counted, name } = limit;
    this.metrics.refused(limit);
    const otherChannels = leavesOtherChannels(counted) ? channels : [];
    throw tooMany('attempts.exceeded', retryAt, this.clock.now(), `over ${name}`, {
      words: sendLimitWords(counted),
      data: { counted, otherChannels },
    });
  }
}
