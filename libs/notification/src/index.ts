export type { ChannelHealth, ProviderHealth } from './channel-watch';
export { isGsm7, segments } from './gsm7';
export type {
  LabelledValue,
  MailBody,
  MailLink,
  MailMessage,
  Message,
  NotificationChannel,
  SmsMessage,
} from './message';
export { NoticeService } from './notice.service';
export type { DueNotice, Occurrence } from './notice.service';
export { NotificationModule } from './notification.module';
export type {
  MailTransport,
  NotificationLimits,
  NotificationOptions,
  SmsSender,
} from './notification.options';
export { notificationPersistence } from './notification.persistence';
export { NotificationService } from './notification.service';
export type { Enqueueing, OutboxHealth, QueuedMessage } from './notification.service';
export type { Delivery, DeliveryLogEntry } from './outbox';
export type { SendAttempt, SendContext } from './send-attempt';
export { isSignedByTwilio } from './twilio-signature';
export type { TwilioReport } from './twilio-signature';
export type { TwilioOptions } from './twilio.provider';
export { notificationErrors } from './notification.errors';
