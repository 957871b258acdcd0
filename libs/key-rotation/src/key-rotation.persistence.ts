import type { PersistencePart } from '@portillon/persistence';
import { KeyAnnouncementEntity } from './key-announcement.entity';
import { CreateKeyAnnouncement1764000000001 } from './migrations/1764000000001-create-key-announcement';

/** The table of {@link KeyRotationModule}, for `PersistenceModule.forRoot({ parts })`. */
export const keyRotationPersistence: PersistencePart = {
  entities: [KeyAnnouncementEntity],
  migrations: [CreateKeyAnnouncement1764000000001],
  afterRestore: { emptied: [KeyAnnouncementEntity], kept: [] },
};
