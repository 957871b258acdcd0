import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerFindings } from '@portillon/kernel';
import type { PersistencePart } from '@portillon/persistence';
import { KeyAnnouncementEntity } from './key-announcement.entity';
import { KeyAnnouncementJob } from './key-announcement.job';
import { KeyAnnouncementRepository } from './key-announcement.repository';
import { KeyAnnouncementService } from './key-announcement.service';
import { KeyFindings } from './key.findings';
import { ConfigurableModuleClass, KEYED_COLUMNS, MODULE_OPTIONS_TOKEN } from './key-rotation.options';
import { KeyRotationService } from './key-rotation.service';
import { KeyUseRepository } from './key-use.repository';

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
