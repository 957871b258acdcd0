import { persistencePart, personal, secret, table } from '@portillon/persistence';
import type { PersistencePart } from '@portillon/persistence';
import { CreateNotification1764000004001 } from './migrations/1764000004001-create-notification';
import { FindMessagesByReference1764203000001 } from './migrations/1764203000001-find-messages-by-reference';
import { RouteSms1764203000002 } from './migrations/1764203000002-route-sms';
import { NoticeEntity } from './notices/notice.entity';
import { NotificationPaceEntity } from './notification-pace.entity';
import { NotificationEntity } from './notification.entity';
import { SmsProviderEntity } from './routes/sms-provider.entity';
import { SmsRouteEntity } from './routes/sms-route.entity';
import { QUIET_MS } from './notices/notice.service';
import { NotificationPersonalData } from './notification.personal-data';
import { NotificationPolicy } from './notification.policy';
import { ROUTES_KEPT_MS } from './routes/sms-route.policy';
/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const notificationPersistence: PersistencePart = persistencePart({
  tables: [
    table(NotificationEntity, {
      purpose: 'Messages on their way, and what became of them.',
      kept: '{line}; the text goes as soon as the message has left or failed',
      durations: { line: (app) => app.get(NotificationPolicy).limits.retentionMs },
      stated: { messages: 'line' },
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        kind: personal('messages.sending'),
        channel: personal('messages.sending'),
        accountId: personal('messages.sending'),
        destinationDigest: personal('messages.destinationDigest', 'Keyed digest of the address or number.'),
        state: 'internal',
        payload: secret(
          'messages.messageText',
          'Address and text, sealed; personal too. Wiped when it is settled.',
        ),
        keyId: 'internal',
        rounds: 'internal',
        claimedBy: 'internal',
        dueAt: 'internal',
        expiresAt: 'internal',
        createdAt: personal('messages.sending'),
        settledAt: personal('messages.sending'),
        provider: 'internal',
        reference: 'internal',
        reason: 'internal',
        report: 'internal',
        reportedAt: 'internal',
        answeredAt: personal('messages.sending'),
      },
    }),
    table(NoticeEntity, {
      purpose: 'What a person is to be told for their safety, at most once an hour of each kind.',
      kept: '{notice} after it was sent; its details go with the message',
      durations: { notice: QUIET_MS },
      afterRestore: 'emptied',
      columns: {
        id: personal('messages.notice'),
        subjectId: personal('messages.notice'),
        kind: personal('messages.notice'),
        occurrences: personal('messages.notice'),
        sealedDetails: secret('messages.messageText'),
        keyId: 'internal',
        firstAt: personal('messages.notice'),
        latestAt: personal('messages.notice'),
        dueAt: 'internal',
        quietUntilAt: 'internal',
      },
    }),
    table(NotificationPaceEntity, {
      purpose: 'When the next of many messages may leave.',
      kept: 'as long as the service; one row',
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        nextAt: 'internal',
      },
    }),
    table(SmsRouteEntity, {
      purpose: 'How many SMS of an hour arrived by which provider.',
      kept: '{after}',
      durations: { after: ROUTES_KEPT_MS },
      afterRestore: 'emptied',
      columns: {
        provider: 'internal',
        hourAt: 'internal',
        sent: 'internal',
        delivered: 'internal',
        undelivered: 'internal',
        converted: 'internal',
      },
    }),
    table(SmsProviderEntity, {
      purpose: 'A provider of SMS that is passed over for a while.',
      kept: 'as long as the service; one row for each provider',
      afterRestore: 'emptied',
      columns: {
        id: 'internal',
        passedOverUntilAt: 'internal',
      },
    }),
  ],
  migrations: [CreateNotification1764000004001, FindMessagesByReference1764203000001, RouteSms1764203000002],
  keyed: [
    { entity: NotificationEntity, property: 'payload', what: 'messages that wait' },
    { entity: NoticeEntity, property: 'sealedDetails', what: 'notices that wait' },
  ],
  personalData: NotificationPersonalData,
});
