import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, EntityManager, In, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { StructureEntity } from './structure.entity';

/** The table `structureNetwork`: networks of structures, by network, to find the structure of a client's address. */
@Entity('structureNetwork')
@Index('structureNetworkOfStructure', ['structureId'])
export class StructureNetworkEntity {
  /** In the spelling of `networkOf`. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  network!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  structureId!: string;

  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity;
}

/** Columns of a structure for visitors of whom only the address is known. */
export type StructureAtAddress = Pick<
  StructureEntity,
  'id' | 'name' | 'displayName' | 'logo' | 'accent' | 'sharedWorkstations'
>;

const AT_ADDRESS = {
  id: true,
  name: true,
  displayName: true,
  logo: true,
  accent: true,
  sharedWorkstations: true,
} as const;

/** The table `structureNetwork`. */
@Injectable()
export class StructureNetworkRepository extends EntityRepository<StructureNetworkEntity> {
  constructor(@InjectRepository(StructureNetworkEntity) rows: Repository<StructureNetworkEntity>) {
    super(rows);
  }

  /** The structures with one of these networks, each once. */
  async findStructuresAt(networks: readonly string[], tx?: EntityManager): Promise<StructureAtAddress[]> {
    const rows = await this.of(tx).find({
      select: { network: true, structureId: true, structure: AT_ADDRESS },
      where: { network: In(networks) },
      relations: { structure: true },
    });
    const structures = rows.flatMap(({ structure }) => structure ?? []);
    return [...new Map(structures.map((one) => [one.id, one])).values()];
  }

  async replace(structureId: string, networks: readonly string[], tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ structureId });
    if (networks.length > 0) await this.of(tx).insert(networks.map((network) => ({ network, structureId })));
  }
}
