import { internal, table } from '../table';
import { persistencePart } from '../persistence.options';
import type { PersistencePart } from '../persistence.options';
import { KeyAnnouncementEntity } from './key-announcement.repository';
import { CreateKeyAnnouncement1764000000001 } from '../migrations/1764000000001-create-key-announcement';
import { GOOD_FOR_MS } from './key-announcement.service';

/** The table of {@link KeyRotationModule}, for `PersistenceModule.forRoot({ parts })`. */
export const keyRotationPersistence: PersistencePart = persistencePart({
  tables: [
    table(KeyAnnouncementEntity, {
      purpose: 'Which process has which keys, so that none is rotated too soon.',
      kept: '{after} after the process says it last',
      durations: { after: GOOD_FOR_MS },
      afterRestore: 'emptied',
      columns: [internal('id instance keyIds announcedAt')],
    }),
  ],
  migrations: [CreateKeyAnnouncement1764000000001],
  personalData: { none: 'The table holds no personal data.' },
});
