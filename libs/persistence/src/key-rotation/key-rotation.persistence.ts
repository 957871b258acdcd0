import { CreateKeyAnnouncement1764000000001 } from '../migrations/1764000000001-create-key-announcement';
import type { PersistencePart } from '../persistence.options';
import { KeyAnnouncementEntity } from './key-announcement.entity';

/** The table of {@link KeyRotationModule}, for `PersistenceModule.forRoot({ parts })`. */
export const keyRotationPersistence: PersistencePart = {
  entities: [KeyAnnouncementEntity],
  migrations: [CreateKeyAnnouncement1764000000001],
  afterRestore: { emptied: [KeyAnnouncementEntity], kept: [] },
};
