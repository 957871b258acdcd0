import type { PersistencePart } from '@portillon/persistence';
import { CreateNotification1764000004001 } from './migrations/1764000004001-create-notification';
import { FindMessagesByReference1764203000001 } from './migrations/1764203000001-find-messages-by-reference';
import { RouteSms1764203000002 } from './migrations/1764203000002-route-sms';
import { NoticeEntity } from './notices/notice.entity';
import { NotificationPaceEntity } from './notification-pace.entity';
import { NotificationEntity } from './notification.entity';
import { SmsProviderEntity } from './routes/sms-provider.entity';
import { SmsRouteEntity } from './routes/sms-route.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const notificationPersistence: PersistencePart = {
  entities: [NotificationEntity, NoticeEntity, NotificationPaceEntity, SmsRouteEntity, SmsProviderEntity],
  migrations: [CreateNotification1764000004001, FindMessagesByReference1764203000001, RouteSms1764203000002],
  keyed: [
    { entity: NotificationEntity, property: 'payload', what: 'messages that wait' },
    { entity: NoticeEntity, property: 'sealedDetails', what: 'notices that wait' },
  ],
  afterRestore: {
    emptied: [NotificationEntity, NoticeEntity, NotificationPaceEntity, SmsRouteEntity, SmsProviderEntity],
    kept: [],
  },
};
