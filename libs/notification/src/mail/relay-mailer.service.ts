import { MailerService } from '@nestjs-modules/mailer';
import { Injectable, OnApplicationShutdown } from '@nestjs/common';

/** `MailerService` of `@nestjs-modules/mailer`, open until the last request has ended: one may still have a mail to send. */
@Injectable()
export class RelayMailerService extends MailerService implements OnApplicationShutdown {
  /** Nest calls this while requests are still being answered. */
  override onModuleDestroy(): Promise<void> {
    return Promise.resolve();
  }

  onApplicationShutdown(): Promise<void> {
    return super.onModuleDestroy();
  }
}
