import { Injectable, Logger } from '@nestjs/common';
import { Clock, Random, addMilliseconds } from '@portillon/kernel';
import type { Sending } from './channels/guarded-provider';
import { ChannelService } from './channels/channel.service';
import { MessageSealService } from './message-seal.service';
import type { Message } from './message.types';
import type { NotificationEntity } from './notification.entity';
import { NotificationPolicy } from './notification.options';
import { NotificationRepository } from './notification.repository';
import type { DispatchResult } from './notification.types';
import { SmsRouteService } from './routes/sms-route.service';

/** Steps of every sending: claim, hand to the providers, record the result. */
@Injectable()
export class DeliveryService {
  readonly #logger = new Logger(DeliveryService.name);

  constructor(
    private readonly notifications: NotificationRepository,
    private readonly seals: MessageSealService,
    private readonly channels: ChannelService,
    private readonly routes: SmsRouteService,
    private readonly policy: NotificationPolicy,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Claims those of these messages that wait and whose key is in the ring; another instance sends the others. The
   * claim is committed before anything leaves, so that a crash causes no second sending.
   */
  claim(ids: string[]): Promise<NotificationEntity[]> {
    const claim = {
      by: this.random.id(),
      endsAt: addMilliseconds(this.clock.now(), this.policy.limits.claimMs),
    };
    return this.notifications.claim(ids, claim, this.seals.keyIds);
  }

  /** Decrypts a message that was {@link claim}ed, and gives it to its providers. */
  async send(claimed: NotificationEntity): Promise<DispatchResult> {
    const message = this.seals.open(claimed);
    if (!message) return failed('unreadable');
    return this.give(message, { id: claimed.id, usefulUntil: claimed.expiresAt });
  }

  /** Gives a message to its providers, within 9 s. `replaces`: the message that it replaces. */
  async give(message: Message, sending: Sending, replaces?: string): Promise<DispatchResult> {
    if (sending.usefulUntil <= this.clock.now()) return failed('too late');
    const lastResorts = message.channel === 'SMS' ? await this.routes.lastResorts(replaces) : [];
    return this.channels.send(message, sending, lastResorts);
  }

  /**
   * Records the result. When the database is away the caller still gets the result; the claim then ends as
   * `UNCONFIRMED`.
   */
  async settle(id: string, result: DispatchResult): Promise<void> {
    const { delivery, provider, reason } = result;
    if (delivery !== 'SENT')
      this.#logger.warn(`message ${id} ${delivery}: ${provider ?? '-'}, ${reason ?? '-'}`);
    try {
      await this.notifications.settle(id, result, this.clock.now());
    } catch (error) {
      this.#logger.error(`message ${id} ${delivery}, not written: ${String(error)}`);
    }
  }
}

/** Result of a message that goes to no provider: it was altered, or is too late. */
function failed(reason: 'unreadable' | 'too late'): DispatchResult {
  return { delivery: 'FAILED', provider: null, reference: null, reason, mayStillLeave: false };
}
