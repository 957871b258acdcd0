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
export { NoticeBook } from './notice-book';
export type { DueNotice, Occurrence } from './notice-book';
export { NotificationModule } from './notification.module';
export type {
  MailTransport,
  NotificationLimits,
  NotificationOptions,
  SmsSender,
} from './notification.options';
export { notificationPersistence } from './notification.persistence';
export { Notifications } from './notifications';
export type { Enqueueing, OutboxHealth, QueuedMessage } from './notifications';
export type { Delivery, LedgerLine } from './outbox';
export type { SendAttempt, SendContext } from './send-attempt';
export { isSignedByTwilio } from './twilio-signature';
export type { TwilioReport } from './twilio-signature';
export type { TwilioOptions } from './twilio.provider';
export { notificationErrors } from './notification.errors';
