import { internal, persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateNotification1764000004001 } from './migrations/1764000004001-create-notification';
import { FindMessagesByReference1764203000001 } from './migrations/1764203000001-find-messages-by-reference';
import { RouteSms1764203000002 } from './migrations/1764203000002-route-sms';
import { NoticeEntity } from './notices/notice.repository';
import { NotificationTurnEntity } from './notification-turn.repository';
import { NotificationEntity } from './notification.entity';
import { SmsProviderEntity, SmsRouteEntity } from './routes/sms-route.repository';
import { QUIET_MS } from './notices/notice.service';
import { NotificationPersonalData } from './notification.personal-data';
import { NotificationPolicy } from './notification.options';
import { ROUTES_KEPT_MS } from './routes/sms-route.policy';

/** The tables of this library, for `PersistenceModule.forRoot({ parts })`. */
export const notificationPersistence: PersistencePart = persistencePart({
  tables: [
    table(NotificationEntity, {
      purpose: 'Messages on their way, and what became of them.',
      kept: '{line}; the text goes as soon as the message has left or failed',
      durations: { line: (app) => app.get(NotificationPolicy).limits.retentionMs },
      stated: { messages: 'line' },
      afterRestore: 'emptied',
      columns: [
        internal('id state keyId rounds claimedBy dueAt expiresAt provider reference reason report'),
        internal('reportedAt'),
        personal('messages.sending', 'kind channel accountId createdAt settledAt answeredAt'),
        personal('messages.destinationDigest', 'destinationDigest'),
        secret('messages.messageText', 'payload'),
      ],
    }),
    table(NoticeEntity, {
      purpose: 'Security notices to a person, at most one an hour of each kind.',
      kept: '{notice} after it was sent; its details go with the message',
      durations: { notice: QUIET_MS },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [
        internal('keyId dueAt quietUntilAt'),
        personal('messages.notice', 'id subjectId kind occurrences firstAt latestAt'),
        secret('messages.messageText', 'sealedDetails'),
      ],
    }),
    table(NotificationTurnEntity, {
      purpose: 'When the next of many messages may leave.',
      kept: 'as long as the service; one row',
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [internal('id nextAt')],
    }),
    table(SmsRouteEntity, {
      purpose: 'How many SMS of an hour arrived by which provider.',
      kept: '{after}',
      durations: { after: ROUTES_KEPT_MS },
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [internal('provider hourAt sent delivered undelivered converted')],
    }),
    table(SmsProviderEntity, {
      purpose: 'A provider of SMS that is passed over for a while.',
      kept: 'as long as the service; one row for each provider',
      afterRestore: 'emptied',
      afterLoss: 'kept',
      columns: [internal('id passedOverUntilAt')],
    }),
  ],
  migrations: [CreateNotification1764000004001, FindMessagesByReference1764203000001, RouteSms1764203000002],
  keyed: [
    { entity: NotificationEntity, property: 'payload', what: 'messages that wait' },
    { entity: NoticeEntity, property: 'sealedDetails', what: 'notices that wait' },
  ],
  personalData: NotificationPersonalData,
});
