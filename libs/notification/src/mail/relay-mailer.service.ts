import { MailerService } from '@nestjs-modules/mailer';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';

/** `MailerService` that stays open until the last request has ended, since that may still send a mail. */
@Injectable()
export class RelayMailerService extends MailerService implements OnApplicationShutdown {
  /** Nest calls this while requests are still running. */
  override onModuleDestroy(): Promise<void> {
    return Promise.resolve();
  }

  onApplicationShutdown(): Promise<void> {
    return super.onModuleDestroy();
  }
}
