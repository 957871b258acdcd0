import { MAILER_OPTIONS } from '@nestjs-modules/mailer';
import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, Clock, ErrorsModule, Keyring, registerFindings } from '@portillon/kernel';
import { DispatcherService } from './dispatcher.service';
import { outgoingChannels, openProviders } from './channels/channels';
import { ChannelService } from './channels/channel.service';
import { ChannelProbeJob, DispatchJob, NotificationPurgeJob, SmsRouteJob } from './notification.job';
import { CHANNEL_PROVIDERS } from './channels/guarded-provider';
import { DeliveryMetrics } from './channels/delivery.metrics';
import { DeliveryService } from './delivery.service';
import { BounceAddresses } from './mail/bounce-address';
import { BounceService } from './mail/bounce.service';
import { mailerOptions, RelayMailerService } from './mail/mailer.options';
import { MessageSealService } from './message-seal.service';
import { NoticeRepository } from './notices/notice.repository';
import { NoticeService } from './notices/notice.service';
import { NotificationTurnRepository } from './notification-turn.repository';
import { NotificationPersonalData } from './notification.personal-data';
import { notificationErrors } from './notification.errors';
import { NotificationPolicy } from './notification.options';
import type { NotificationOptions } from './notification.options';
import { notificationPersistence } from './notification.persistence';
import { NotificationRepository } from './notification.repository';
import { NotificationService } from './notification.service';
import { OutboxFindings, UnreadableFindings } from './outbox.findings';
import { ReceiptService } from './receipts/receipt.service';
import { SmsProviderRepository, SmsRouteRepository } from './routes/sms-route.repository';
import { SmsRouteService } from './routes/sms-route.service';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<NotificationOptions>();

const channelFindings = outgoingChannels().map(({ findings }) => findings);

/** Provides {@link NotificationService}, {@link DispatcherService}, {@link ChannelService}, {@link DispatcherService}, {@link ReceiptService}, {@link BounceService} and {@link NoticeService}. */
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
      provide: BounceAddresses,
      inject: [MODULE_OPTIONS_TOKEN, Keyring],
      useFactory: ({ mail }: NotificationOptions, keyring: Keyring) =>
        new BounceAddresses(mail?.bounces, keyring),
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
    ChannelProbeJob,
    NotificationRepository,
    NotificationTurnRepository,
    MessageSealService,
    SmsRouteRepository,
    SmsProviderRepository,
    SmsRouteService,
    SmsRouteJob,
    ReceiptService,
    DeliveryService,
    NotificationService,
    DispatcherService,
    DispatchJob,
    NoticeRepository,
    NoticeService,
    NotificationPersonalData,
    NotificationPurgeJob,
  ],
  exports: [
    NotificationPolicy,
    NotificationService,
    DispatcherService,
    ChannelService,
    NoticeService,
    ReceiptService,
    BounceService,
  ],
})
export class NotificationModule extends ConfigurableModuleClass {}
