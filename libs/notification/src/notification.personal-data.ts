import { Injectable } from '@nestjs/common';
import type { DataSubject, PersonalDataSource, PersonalRecords } from '@portillon/persistence';
import type { EntityManager } from 'typeorm';
import { NoticeRepository } from './notices/notice.repository';
import { NotificationService } from './notification.service';
import type { DeliveryLogEntry } from './notification.types';

const MOST_MESSAGES = 2_000;

declare module '@portillon/persistence' {
  interface PersonalRecords {
    messages: DeliveryLogEntry[];
  }
}

@Injectable()
export class NotificationPersonalData implements PersonalDataSource {
  constructor(
    private readonly notifications: NotificationService,
    private readonly notices: NoticeRepository,
  ) {}

  async export({ id }: DataSubject): Promise<Partial<PersonalRecords>> {
    return { messages: await this.notifications.deliveryLogOf(id, MOST_MESSAGES) };
  }

  /** The row of a message has no content, and is deleted after its retention. */
  erase({ id }: DataSubject, tx: EntityManager): Promise<void> {
    return this.notices.erase(id, tx);
  }
}
