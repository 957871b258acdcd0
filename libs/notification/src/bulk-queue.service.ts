import { Injectable } from '@nestjs/common';
import { Clock, MINUTE, SECOND, addMilliseconds } from '@portillon/kernel';
import { NotificationPaceRepository } from './notification-pace.repository';
import { NotificationPolicy } from './notification.policy';
import { NotificationRepository } from './notification.repository';

const LANE = 'bulk';
const SHORTEST_WINDOW_MS = 5 * SECOND;

/**
 * Messages that come by the thousand, such as the invitations of an import: let into the ordinary queue a few at a
 * time, at one pace for all instances together, so that no code and no notice waits behind them.
 */
@Injectable()
export class BulkQueueService {
  constructor(
    private readonly notifications: NotificationRepository,
    private readonly pace: NotificationPaceRepository,
    private readonly policy: NotificationPolicy,
    private readonly clock: Clock,
  ) {}

  /** Lets the next ones in, when their time has come and no other instance did. */
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
