import { Injectable } from '@nestjs/common';
import { Channel, Clock, DAY, addMilliseconds, timeOfId } from '@portillon/kernel';
import { NotificationRepository } from './notification.repository';
import type { SentMessage, WaitingQueue } from './notification.types';

/** One that left longer ago says nothing of the channel as it is now. */
const LOOKED_BACK_MS = DAY;
const LANES = { later: 'PENDING', bulk: 'QUEUED' } as const;

/** State of the outbox for operators: what left last, and what waits. */
@Injectable()
export class OutboxStateService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly clock: Clock,
  ) {}

  /** The last message of the channel that left, of the last 24 hours. */
  async lastSent(channel: Channel): Promise<SentMessage | undefined> {
    const sent = await this.notifications.newestSent(
      channel,
      addMilliseconds(this.clock.now(), -LOOKED_BACK_MS),
    );
    return sent
      ? { askedAt: sent.createdAt, handedOverAt: sent.settledAt!, provider: sent.provider! }
      : undefined;
  }

  /** What waits in each lane. A message for now is in none: its caller sends it. */
  async waiting(): Promise<WaitingQueue[]> {
    const counted = await this.notifications.countWaiting();
    return (['later', 'bulk'] as const).map((lane) => {
      const found = counted.find(({ state }) => state === LANES[lane]);
      return { lane, waiting: found?.waiting ?? 0, oldestAt: found ? timeOfId(found.oldestId) : null };
    });
  }
}
