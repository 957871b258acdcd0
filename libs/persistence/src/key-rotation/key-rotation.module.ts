import { DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { registerFindings } from '@portillon/kernel';
import type { PersistencePart } from '../persistence.options';
import { KeyAnnouncementEntity, KeyAnnouncementRepository } from './key-announcement.repository';
import { KeyAnnouncementJob, KeyAnnouncementService } from './key-announcement.service';
import { KeyFindings } from './key.findings';
import { KEYED_COLUMNS } from './key-rotation.policy';
import { KeyRotationService } from './key-rotation.service';
import { KeyUseRepository } from './key-use.repository';

/**
 * Provides {@link KeyAnnouncementService} and {@link KeyRotationService}, for an application of several processes whose
 * keys are those of `KernelModule`. `parts` are those of `PersistenceModule`, `keyRotationPersistence` among them.
 */
@Module({})
export class KeyRotationModule {
  static forRoot(parts: readonly PersistencePart[]): DynamicModule {
    return {
      module: KeyRotationModule,
      imports: [TypeOrmModule.forFeature([KeyAnnouncementEntity])],
      providers: [
        { provide: KEYED_COLUMNS, useValue: parts.flatMap(({ keyed = [] }) => keyed) },
        KeyAnnouncementJob,
        ...registerFindings(KeyFindings),
        KeyAnnouncementRepository,
        KeyAnnouncementService,
        KeyRotationService,
        KeyUseRepository,
      ],
      exports: [KeyAnnouncementService, KeyRotationService],
    };
  }
}
