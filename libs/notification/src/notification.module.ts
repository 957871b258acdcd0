import { MAILER_OPTIONS } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { Clock, ErrorsModule } from '@portillon/kernel';
import { Channels } from './channels';
import { openChannels } from './channels.factory';
import { mailerOptions } from './mailer.options';
import { notificationErrors } from './notification.errors';
import { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } from './notification.module-definition';
import { DispatchJob } from './dispatch.job';
import { NotificationPurgeJob } from './notification-purge.job';
import { NoticeService } from './notice.service';
import { NotificationService } from './notification.service';
import { RelayMailerService } from './relay-mailer.service';

/** Provides {@link NotificationService} and {@link NoticeService}. Needs `Database`, `Keyring`, `Clock` and `Random` from global modules. */
@Module({
  imports: [ErrorsModule.forFeature(notificationErrors)],
  providers: [
    { provide: MAILER_OPTIONS, useFactory: mailerOptions, inject: [MODULE_OPTIONS_TOKEN] },
    RelayMailerService,
    {
      provide: Channels,
      useFactory: openChannels,
      inject: [MODULE_OPTIONS_TOKEN, RelayMailerService, Clock],
    },
    NotificationService,
    NoticeService,
    DispatchJob,
    NotificationPurgeJob,
  ],
  exports: [NotificationService, NoticeService],
})
export class NotificationModule extends ConfigurableModuleClass {}
