import { Injectable } from '@nestjs/common';
import { HealthIndicatorService } from '@nestjs/terminus';
import { DispatcherService, NoticeService } from '@portillon/notification';
import { DatabaseHealthService } from '@portillon/persistence';
import { PATIENCE_MS } from './health.options';

/** The database, and the outbox in it: what an instance cannot serve without. */
@Injectable()
export class DatabaseHealthIndicator {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly database: DatabaseHealthService,
    private readonly dispatcher: DispatcherService,
    private readonly notices: NoticeService,
  ) {}

  answers(key: string) {
    return this.indicators
      .check(key)
      .attempt(() => this.database.check())
      .withTimeout(PATIENCE_MS);
  }

  preparesStatements(key: string) {
    return this.indicators
      .check(key)
      .attempt(() => this.database.checkPreparedStatements())
      .withTimeout(PATIENCE_MS);
  }

  outbox(key: string) {
    const look = async () => {
      const { unreadable } = await this.dispatcher.outboxHealth();
      return { unreadable: unreadable + (await this.notices.unreadable()) };
    };
    return this.indicators.check(key).attempt(look).withTimeout(PATIENCE_MS);
  }
}
