import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { StructureEntity } from './structure.entity';

/** The table `structureNetwork`: the addresses of structures, each a key, to find whose a client's is. */
@Entity('structureNetwork')
@Index('structureNetworkOfStructure', ['structureId'])
export class StructureNetworkEntity {
  /** As `networkOf` spells it. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  network!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  structureId!: string;

  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity;
}
