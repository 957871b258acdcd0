import { Injectable } from '@nestjs/common';
import { Clock } from '@portillon/kernel';
import { ChannelHealth, ChannelHealthService, OutboxStateService } from '@portillon/notification';
import { stateOfChannel, stateOfOutbox } from './part-state.policy';
import type { ChannelPart, OutboxPart } from './service-state.dto';

/** Whether messages leave. */
@Injectable()
export class MessageStateService {
  constructor(
    private readonly channels: ChannelHealthService,
    private readonly outboxes: OutboxStateService,
    private readonly clock: Clock,
  ) {}

  async mailAndSms(): Promise<{ mail: ChannelPart; sms: ChannelPart }> {
    const found = await this.channels.health();
    const part = (channel: ChannelHealth['channel']) =>
      this.#channel(found.find((one) => one.channel === channel)!);
    const [mail, sms] = await Promise.all([part('EMAIL'), part('SMS')]);
    return { mail, sms };
  }

  async outbox(unreadable: number): Promise<OutboxPart> {
    const lanes = await this.outboxes.waiting();
    return { state: stateOfOutbox(lanes, unreadable, this.clock.now()), lanes, unreadable };
  }

  async #channel(health: ChannelHealth): Promise<ChannelPart> {
    const isOff = health.status === 'off';
    const lastSent = isOff ? undefined : await this.outboxes.lastSent(health.channel);
    const providers = health.providers.map(({ provider, up }) => ({ name: provider, up }));
    return { state: stateOfChannel(health), providers, lastSent: lastSent ?? null };
  }
}
