import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, registerFindings } from '@portillon/kernel';
import { CreateKeyAnnouncement1764000000001 } from '../migrations/1764000000001-create-key-announcement';
import { persistencePart } from '../persistence.options';
import type { PersistencePart } from '../persistence.options';
import { internal, table } from '../table';
import { KeyAnnouncementEntity, KeyAnnouncementRepository } from './key-announcement.repository';
import { KeyAnnouncementJob, KeyAnnouncementService, GOOD_FOR_MS } from './key-announcement.service';
import { KEYED_COLUMNS } from './key-rotation.policy';
import { KeyRotationService, KeyUseRepository } from './key-rotation.service';
import { KeyFindings } from './key.findings';

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = configurableModule<readonly PersistencePart[]>();

/**
 * Provides {@link KeyAnnouncementService} and {@link KeyRotationService}, for an application of several processes whose
 * keys are those of `KernelModule`. `parts` are those of `PersistenceModule`, `keyRotationPersistence` among them.
 */
@Module({
  imports: [TypeOrmModule.forFeature([KeyAnnouncementEntity])],
  providers: [
    {
      provide: KEYED_COLUMNS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (parts: readonly PersistencePart[]) => parts.flatMap(({ keyed = [] }) => keyed),
    },
    KeyAnnouncementJob,
    ...registerFindings(KeyFindings),
    KeyAnnouncementRepository,
    KeyAnnouncementService,
    KeyRotationService,
    KeyUseRepository,
  ],
  exports: [KeyAnnouncementService, KeyRotationService],
})
export class KeyRotationModule extends ConfigurableModuleClass {}

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
