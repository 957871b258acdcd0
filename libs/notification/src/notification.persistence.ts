import type { PersistencePart } from '@portillon/persistence';
import { CreateNotification1764000004001 } from './migrations/1764000004001-create-notification';
import { FindMessagesByReference1764203000001 } from './migrations/1764203000001-find-messages-by-reference';
import { NoticeEntity } from './notices/notice.entity';
import { NotificationPaceEntity } from './notification-pace.entity';
import { NotificationEntity } from './notification.entity';

/** The tables of this lib, for `PersistenceModule.forRoot({ parts })`. */
export const notificationPersistence: PersistencePart = {
  entities: [NotificationEntity, NoticeEntity, NotificationPaceEntity],
  migrations: [CreateNotification1764000004001, FindMessagesByReference1764203000001],
  keyed: [
    { entity: NotificationEntity, property: 'payload', what: 'messages that wait' },
    { entity: NoticeEntity, property: 'sealedDetails', what: 'notices that wait' },
  ],
  afterRestore: { emptied: [NotificationEntity, NoticeEntity, NotificationPaceEntity], kept: [] },
};
