import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StructureBrandingService } from './branding/structure-branding.service';
import { StructureLogoEntity, StructureLogoRepository } from './branding/structure-logo.repository';
import { StrongMeansJob } from './strong-means.job';
import { StructureNetworkEntity, StructureNetworkRepository } from './structure-network.repository';
import { StructureEntity } from './structure.entity';
import { StructureRepository } from './structure.repository';
import { StructureService } from './structure.service';

/** Structures. */
@Module({
  imports: [TypeOrmModule.forFeature([StructureEntity, StructureNetworkEntity, StructureLogoEntity])],
  providers: [
    StructureRepository,
    StructureNetworkRepository,
    StructureLogoRepository,
    StructureService,
    StructureBrandingService,
    StrongMeansJob,
  ],
  exports: [StructureService, StructureBrandingService],
})
export class StructureModule {}
