export { ChannelHealthService } from './channels/channel-health.service';
export type { ChannelHealth, ProviderHealth } from './channels/channel-health.types';
export type {
  ProviderReceipt,
  ReceiptRequest,
  ReceiptState,
  SendAttempt,
  SendContext,
  SmsSender,
} from './channels/channel-provider.types';
export { DispatcherService } from './dispatcher.service';
export { findDns } from './mail/dns-findings';
export { findRelays } from './mail/relay-findings';
export { BounceService } from './mail/bounce.service';
export type { Bounce } from './mail/bounce.service';
export type { LabelledValue, MailBody, MailLink, MailMessage, Message, SmsMessage } from './message.types';
export { NoticeService } from './notices/notice.service';
export type { DueNotice, Occurrence } from './notices/notice.types';
export { notificationErrors } from './notification.errors';
export { NotificationModule } from './notification.module';
export type {
  DkimOptions,
  MailOptions,
  MailTransport,
  NotificationLimits,
  NotificationOptions,
} from './notification.options';
export { NotificationPersonalData } from './notification.personal-data';
export { notificationPersistence } from './notification.persistence';
export { NotificationPolicy } from './notification.policy';
export { NotificationService } from './notification.service';
export { OutboxStateService } from './outbox-state.service';
export type { OutgoingMessage } from './outgoing-message';
export type {
  Delivery,
  DeliveryLogEntry,
  Enqueueing,
  OutboxHealth,
  QueuedMessage,
  Receipt,
  SentMessage,
  WaitingLane,
} from './notification.types';
export { ReceiptService } from './receipts/receipt.service';
export { isGsm7, segments } from './sms/gsm7';
export { isSignedByTwilio } from './sms/twilio-signature';
export type { TwilioReport } from './sms/twilio-signature';
export { smsAddressOf, smsProviders } from './sms/sms-providers';
export type { SmsProviderOptions } from './sms/sms-providers';
export type { HttpGateway, HttpGatewayOptions } from './sms/http-gateway.options';
export type { KannelOptions } from './sms/kannel.provider';
export type { OvhOptions } from './sms/ovh.provider';
export type { TwilioOptions } from './sms/twilio.provider';
export { registerChannel } from './channels/channels';
export type { OutgoingChannel } from './channels/outgoing-channel.types';
export type {} from './channels/channel.findings';
export type {} from './outbox.findings';
export type {} from './unreadable.findings';
