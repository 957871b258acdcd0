import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { configurableModule, registerFindings } from '@portillon/kernel';
import type { PersistencePart } from '../persistence.options';
import { KeyAnnouncementEntity, KeyAnnouncementRepository } from './key-announcement.repository';
import { KeyAnnouncementJob, KeyAnnouncementService } from './key-announcement.service';
import { KeyFindings } from './key.findings';
import { KEYED_COLUMNS } from './key-rotation.policy';
import { KeyRotationService } from './key-rotation.service';
import { KeyUseRepository } from './key-use.repository';

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
