import { Module, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MINUTE, ScheduledJob } from '@portillon/kernel';
import { StructureBrandingService } from './branding/structure-branding.service';
import { StructureLogoEntity, StructureLogoRepository } from './branding/structure-logo.repository';
import { StructureGuardEntity, StructureGuardRepository } from './structure-guard.repository';
import { StructureNetworkEntity, StructureNetworkRepository } from './structure-network.repository';
import { StructureEntity } from './structure.entity';
import { StructureRepository } from './structure.repository';
import { StructureService } from './structure.service';

/** Records which dates of strong means have come. */
@Injectable()
class StrongMeansJob extends ScheduledJob {
  constructor(private readonly structures: StructureService) {
    super();
  }

  @Interval(MINUTE)
  run(): Promise<void> {
    return this.turn(async () => void (await this.structures.recordStrongMeans()));
  }
}

/** Structures. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      StructureEntity,
      StructureGuardEntity,
      StructureNetworkEntity,
      StructureLogoEntity,
    ]),
  ],
  providers: [
    StructureRepository,
    StructureGuardRepository,
    StructureNetworkRepository,
    StructureLogoRepository,
    StructureService,
    StructureBrandingService,
    StrongMeansJob,
  ],
  exports: [StructureService, StructureBrandingService],
})
export class StructureModule {}
