import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { NotificationPaceRepository } from './notification-pace.repository';
import { NotificationPolicy } from './notification.policy';
import { NotificationRepository } from './notification.repository';

const LANE = 'bulk';
const SHORTEST_WINDOW_MS = 5 * SECOND;

/**
 * Queue of messages that come by the thousand, such as the invitations of an import. It releases a few at a time into
 * the ordinary queue, at one pace for all instances, so that no code or notice waits behind them.
 */
@Injectable()
export class BulkQueueService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly pace: NotificationPaceRepository,
    private readonly policy: NotificationPolicy,
    private readonly clock: Clock,
  ) {}

  /** Releases the next messages, when it is time and no other instance has. */
  async release(): Promise<void> {
    const { bulkPerMinute } = this.policy.limits;
    const windowMs = Math.max(SHORTEST_WINDOW_MS, Math.ceil(MINUTE / bulkPerMinute));
    const perWindow = Math.max(1, Math.floor((bulkPerMinute * windowMs) / MINUTE));
    const ids = await this.notifications.queued(perWindow);
    const now = this.clock.now();
    if (ids.length === 0 || !(await this.pace.takeTurn(LANE, now, addMilliseconds(now, windowMs)))) return;
    await this.notifications.release(ids, now);
  }
}
