import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
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
