import { Injectable } from '@nestjs/common';
import { FindingOf, FindingSource, Clock, MetricsRegistry, MINUTE, SECOND } from '@portillon/kernel';
import type { Finding } from '@portillon/kernel';
import { Gauge } from 'prom-client';
import { DispatcherService } from './dispatcher.service';
import { NoticeService } from './notices/notice.service';
import type { WaitingQueue } from './notification.types';

declare module '@portillon/kernel' {
  interface FindingValues {
    /** Number of messages and notices that wait for an instance with their key. */
    unreadable: { count: number };
  }
}

/** Checks that the outbox answers, for probes: unlike {@link OutboxFindings} it does not count waiting messages. */
@Injectable()
export class UnreadableFindings implements FindingSource {
  readonly subject = 'unreadable';

  constructor(
    private readonly dispatcher: DispatcherService,
    private readonly notices: NoticeService,
  ) {}

  async find(): Promise<FindingOf<'unreadable'>> {
    const messages = (await this.dispatcher.outboxHealth()).unreadable;
    const values = { count: messages + (await this.notices.unreadable()) };
    const text = `${values.count} wait for an instance that has their key`;
    return { state: values.count > 0 ? 'remark' : 'well', text, values };
  }

  /** The finding of the outbox includes it. */
  async check(): Promise<Finding[]> {
    return [];
  }
}

declare module '@portillon/kernel' {
  interface FindingValues {
    outbox: { lanes: WaitingQueue[]; unreadable: number };
  }
}

/** A message for later that has waited this long: its provider refuses it again and again, or no process sends. */
const LATE_MS = 10 * MINUTE;

/** Whether what waits is sent, as metrics too. The bulk lane has hours: it goes at its own pace. */
@Injectable()
export class OutboxFindings implements FindingSource {
  readonly subject = 'outbox';

  constructor(
    private readonly unreadable: UnreadableFindings,
    private readonly outbox: DispatcherService,
    private readonly clock: Clock,
    registry: MetricsRegistry,
  ) {
    const gauge = (name: string, help: string) =>
      new Gauge({ name, help, labelNames: ['lane'], registers: [registry] });
    const waiting = gauge(
      'portillon_outbox_waiting_seconds',
      'How long the oldest message that waits has waited; 0: none does.',
    );
    const messages = gauge('portillon_outbox_messages', 'How many messages wait.');
    registry.readAtScrape([waiting, messages], async () => {
      for (const { lane, waiting: count, oldestAt } of await this.outbox.waiting()) {
        messages.set({ lane }, count);
        const waitedMs = oldestAt ? this.clock.now().getTime() - oldestAt.getTime() : 0;
        waiting.set({ lane }, Math.max(0, waitedMs) / SECOND);
      }
    });
  }

  async find(): Promise<FindingOf<'outbox'>> {
    const unreadable = await this.unreadable.find();
    const values = { unreadable: unreadable.values.count, lanes: await this.outbox.waiting() };
    if (unreadable.state !== 'well') return { ...unreadable, values };
    const { waiting, oldestAt } = values.lanes.find(({ lane }) => lane === 'later')!;
    const isLate = oldestAt !== null && this.clock.now().getTime() - oldestAt.getTime() > LATE_MS;
    return { state: isLate ? 'remark' : 'well', text: `${waiting} messages wait to be sent`, values };
  }
}
