import { Module } from '@nestjs/common';
import { ErrorsModule } from '@portillon/kernel';
import { notificationErrors } from './notification.errors';
import { DispatchJob } from './dispatch.job';
import { NotificationPurgeJob } from './notification-purge.job';
import { ConfigurableModuleClass } from './notification.module-definition';
import { NoticeBook } from './notice-book';
import { Notifications } from './notifications';

/** Provides {@link Notifications} and {@link NoticeBook}. Needs `Database`, `Keyring`, `Clock` and `Random` from global modules. */
@Module({
  imports: [ErrorsModule.forFeature(notificationErrors)],
  providers: [Notifications, NoticeBook, DispatchJob, NotificationPurgeJob],
  exports: [Notifications, NoticeBook],
})
export class NotificationModule extends ConfigurableModuleClass {}
