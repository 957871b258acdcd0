import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { Clock, addMilliseconds, MINUTE, SECOND, Channel, DAY, timeOfId } from '@portillon/kernel';
import { DeliveryService } from './delivery.service';
import { MessageSealService } from './message-seal.service';
import type { NotificationEntity } from './notification.entity';
import { NotificationPolicy } from './notification.options';
import { NotificationRepository } from './notification.repository';
import type { OutboxHealth, SentMessage, WaitingQueue } from './notification.types';
import { NotificationTurnRepository } from './notification-turn.repository';

/** Number of messages that are claimed and sent together: few, so that they all end long before their claim does. */
const SENT_TOGETHER = 4;

const BULK = 'bulk';
const SHORTEST_WINDOW_MS = 5 * SECOND;

/** One that left longer ago says nothing of the channel as it is now. */
const LOOKED_BACK_MS = DAY;
const STATES = { later: 'PENDING', bulk: 'QUEUED' } as const;

/** Sends the messages of the outbox, and shows operators what left last and what waits. */
@Injectable()
export class DispatcherService implements BeforeApplicationShutdown {
  readonly #logger = new Logger(DispatcherService.name);
  readonly #turns = new Set<Promise<number>>();
  #stopping = false;
  #unreadable = 0;

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly delivery: DeliveryService,
    private readonly seals: MessageSealService,
    private readonly policy: NotificationPolicy,
    private readonly clock: Clock,
    private readonly turns: NotificationTurnRepository,
  ) {}

  /**
   * Sends at most `batch` queued messages. Ends messages that a dead process had claimed, without sending them again.
   * Returns the number of messages that this call claimed.
   */
  async dispatchPending(batch: number): Promise<number> {
    if (this.#stopping) return 0;
    const turn = this.#dispatchDue(batch);
    this.#turns.add(turn);
    try {
      return await turn;
    } finally {
      this.#turns.delete(turn);
    }
  }

  /**
   * Number of waiting messages whose key this process lacks: an instance that has it sends them. If they stay for
   * longer than a rotation of keys takes, instances have different keys.
   */
  async outboxHealth(): Promise<OutboxHealth> {
    return { unreadable: await this.notifications.countUnreadable(this.seals.keyIds) };
  }

  /** Sends and records claimed messages while the database is still open; leaves the rest to other instances. */
  async beforeApplicationShutdown(): Promise<void> {
    this.#stopping = true;
    await Promise.allSettled(this.#turns);
  }

  /** The last message of the channel that left, of the last 24 hours. */
  async lastSent(channel: Channel): Promise<SentMessage | undefined> {
    const sent = await this.notifications.findNewestSent(
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
      const found = counted.find(({ state }) => state === STATES[lane]);
      return { lane, waiting: found?.waiting ?? 0, oldestAt: found ? timeOfId(found.oldestId) : null };
    });
  }

  async #dispatchDue(batch: number): Promise<number> {
    await this.#releaseBulk();
    const now = this.clock.now();
    await this.notifications.endDead(now);
    await this.notifications.endLate(now);
    const ids = await this.notifications.findDue(now, this.seals.keyIds, batch);
    let taken = 0;
    for (let first = 0; first < ids.length && !this.#stopping; first += SENT_TOGETHER) {
      const claimed = await this.delivery.claim(ids.slice(first, first + SENT_TOGETHER));
      await Promise.all(claimed.map((one) => this.#dispatch(one)));
      taken += claimed.length;
    }
    await this.#logUnreadable();
    return taken;
  }

  async #dispatch(claimed: NotificationEntity): Promise<void> {
    const result = await this.delivery.send(claimed);
    const dueAt = addMilliseconds(this.clock.now(), this.policy.postponementMs(claimed.rounds));
    if (result.mayStillLeave && dueAt < claimed.expiresAt)
      await this.notifications.postpone(claimed.id, dueAt, result.reason);
    else await this.delivery.settle(claimed.id, result);
  }

  /** Logs their number once whenever it changes. */
  async #logUnreadable(): Promise<void> {
    const { unreadable } = await this.outboxHealth();
    if (unreadable !== this.#unreadable && unreadable > 0)
      this.#logger.warn(`${unreadable} messages wait for an instance that has their key`);
    this.#unreadable = unreadable;
  }

  /**
   * Releases the next messages that came by the thousand, such as the invitations of an import, into the ordinary queue,
   * at one pace for all instances: no code or notice waits behind them. Only when it is time and no other instance has.
   */
  async #releaseBulk(): Promise<void> {
    const { bulkPerMinute } = this.policy.limits;
    const windowMs = Math.max(SHORTEST_WINDOW_MS, Math.ceil(MINUTE / bulkPerMinute));
    const perWindow = Math.max(1, Math.floor((bulkPerMinute * windowMs) / MINUTE));
    const ids = await this.notifications.findQueued(perWindow);
    const now = this.clock.now();
    if (ids.length === 0 || !(await this.turns.takeTurn(BULK, now, addMilliseconds(now, windowMs)))) return;
    await this.notifications.release(ids, now);
  }
}
