import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { StructureFaceService } from './face/structure-face.service';
import { StructureLogoEntity } from './face/structure-logo.entity';
import { StructureLogoRepository } from './face/structure-logo.repository';
import { StrongMeansJob } from './strong-means.job';
import { StructureNetworkEntity } from './structure-network.entity';
import { StructureNetworkRepository } from './structure-network.repository';
import { StructureEntity } from './structure.entity';
import { StructureRepository } from './structure.repository';
import { StructureService } from './structure.service';

/** Structures. Needs the kernel's and the persistence's modules, and the tables of `accountPersistence`. */
@Module({
  imports: [TypeOrmModule.forFeature([StructureEntity, StructureNetworkEntity, StructureLogoEntity])],
  providers: [
    StructureRepository,
    StructureNetworkRepository,
    StructureLogoRepository,
    StructureService,
    StructureFaceService,
    StrongMeansJob,
  ],
  exports: [StructureService, StructureFaceService],
})
export class StructureModule {}
