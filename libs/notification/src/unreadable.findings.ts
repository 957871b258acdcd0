import { Injectable } from '@nestjs/common';
import type { Finding, FindingOf, FindingSource } from '@portillon/kernel';
import { DispatcherService } from './dispatcher.service';
import { NoticeService } from './notices/notice.service';

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
