import { MAILER_OPTIONS } from '@nestjs-modules/mailer';
import { ConfigurableModuleBuilder, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock, ErrorsModule, Keyring, registerFindings } from '@portillon/kernel';
import { BulkQueueService } from './bulk-queue.service';
import { outgoingChannels } from './channels/channels';
import { ChannelHealthService } from './channels/channel-health.service';
import { ChannelProbeJob } from './channels/channel-probe.job';
import { openProviders } from './channels/channel-providers.factory';
import { CHANNEL_PROVIDERS } from './channels/channel-providers.types';
import { ChannelService } from './channels/channel.service';
import { DeliveryMetrics } from './channels/delivery.metrics';
import { DeliveryService } from './delivery.service';
import { DispatchJob } from './dispatch.job';
import { DispatcherService } from './dispatcher.service';
import { BounceAddressService } from './mail/bounce-address.service';
import { BounceService } from './mail/bounce.service';
import { mailerOptions } from './mail/mailer.options';
import { RelayMailerService } from './mail/relay-mailer.service';
import { MessageSealService } from './message-seal.service';
import { NoticeRepository } from './notices/notice.repository';
import { NoticeService } from './notices/notice.service';
import { NotificationPaceRepository } from './notification-pace.repository';
import { NotificationPersonalData } from './notification.personal-data';
import { NotificationPurgeJob } from './notification-purge.job';
import { notificationErrors } from './notification.errors';
import type { NotificationOptions } from './notification.options';
import { notificationPersistence } from './notification.persistence';
import { NotificationPolicy } from './notification.policy';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { OutboxFindings } from './outbox.findings';
import { UnreadableFindings } from './unreadable.findings';
import { OutboxStateService } from './outbox-state.service';
import { ReceiptMetrics } from './receipts/receipt.metrics';
import { ReceiptService } from './receipts/receipt.service';
import { SmsProviderRepository } from './routes/sms-provider.repository';
import { SmsRouteJob } from './routes/sms-route.job';
import { SmsRouteMetrics } from './routes/sms-route.metrics';
import { SmsRouteRepository } from './routes/sms-route.repository';
import { SmsRouteService } from './routes/sms-route.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<NotificationOptions>()
  .setClassMethodName('forRoot')
  .build();

const channelFindings = outgoingChannels().map(({ findings }) => findings);

/**
 * Provides {@link NotificationService}, {@link DispatcherService}, {@link ChannelHealthService},
 * {@link OutboxStateService}, {@link ReceiptService}, {@link BounceService} and {@link NoticeService}. Needs `KernelModule`, and the application's database with `notificationPersistence` in it.
 */
@Module({
  imports: [
    ErrorsModule.forFeature(notificationErrors),
    TypeOrmModule.forFeature(notificationPersistence.entities),
  ],
  providers: [
    {
      provide: NotificationPolicy,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: ({ limits }: NotificationOptions) => new NotificationPolicy(limits),
    },
    { provide: MAILER_OPTIONS, inject: [MODULE_OPTIONS_TOKEN], useFactory: mailerOptions },
    RelayMailerService,
    {
      provide: BounceAddressService,
      inject: [MODULE_OPTIONS_TOKEN, Keyring],
      useFactory: ({ mail }: NotificationOptions, keyring: Keyring) =>
        new BounceAddressService(mail?.bounces, keyring),
    },
    BounceService,
    {
      provide: CHANNEL_PROVIDERS,
      inject: [MODULE_OPTIONS_TOKEN, RelayMailerService, NotificationPolicy, Clock, Keyring],
      useFactory: openProviders,
    },
    ...registerFindings(...channelFindings, OutboxFindings, UnreadableFindings),
    ChannelService,
    DeliveryMetrics,
    ChannelHealthService,
    ChannelProbeJob,
    NotificationRepository,
    NotificationPaceRepository,
    MessageSealService,
    SmsRouteRepository,
    SmsProviderRepository,
    SmsRouteService,
    SmsRouteJob,
    SmsRouteMetrics,
    ReceiptMetrics,
    ReceiptService,
    DeliveryService,
    NotificationService,
    BulkQueueService,
    DispatcherService,
    DispatchJob,
    OutboxStateService,
    NoticeRepository,
    NoticeService,
    NotificationPersonalData,
    NotificationPurgeJob,
  ],
  exports: [
    NotificationPolicy,
    NotificationService,
    DispatcherService,
    ChannelHealthService,
    NoticeService,
    OutboxStateService,
    ReceiptService,
    BounceService,
  ],
})
export class NotificationModule extends ConfigurableModuleClass {}
