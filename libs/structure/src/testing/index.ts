import { Clock, SystemRandom } from '@portillon/kernel';
import type { DataSource } from 'typeorm';
import { StructureBrandingService } from '../branding/structure-branding.service';
import { StructureLogoEntity, StructureLogoRepository } from '../branding/structure-logo.repository';
import { StructureGuardEntity, StructureGuardRepository } from '../structure-guard.repository';
import { StructureNetworkEntity, StructureNetworkRepository } from '../structure-network.repository';
import { StructureEntity } from '../structure.entity';
import { StructureRepository } from '../structure.repository';
import { StructureService } from '../structure.service';

/** The services of this library on a test's database, as its module puts them together. */
export function structureServices(dataSource: DataSource, clock: Clock) {
  const rows = new StructureRepository(dataSource.getRepository(StructureEntity));
  const guards = new StructureGuardRepository(dataSource.getRepository(StructureGuardEntity));
  const logos = new StructureLogoRepository(dataSource.getRepository(StructureLogoEntity));
  const networks = new StructureNetworkRepository(dataSource.getRepository(StructureNetworkEntity));
  return {
    structures: new StructureService(rows, guards, networks, clock, new SystemRandom(clock)),
    brandings: new StructureBrandingService(rows, logos),
  };
}
