import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `structureLogo`, separate from `structure`, which every sign-in reads. */
@Entity('structureLogo')
@Index('structureLogoDigest', ['digest'])
export class StructureLogoEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  structureId!: string;

  /** SHA-256 of `svg`. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'text' })
  svg!: string;
}
