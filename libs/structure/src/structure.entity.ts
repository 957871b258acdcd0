import { flag } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const STRUCTURE_KINDS = ['establishment', 'grouping'] as const;
/** A grouping (a GHT, a legal entity, a region) has structures below it. */
export type StructureKind = (typeof STRUCTURE_KINDS)[number];

/** The table `structure`: a hospital, a practice, an association whose people sign in, or a grouping of them. */
@Entity('structure')
@Index('structureNameKey', ['nameKey'], { unique: true })
@Index('structureSortKey', ['sortKey', 'id'])
@Index('structureFiness', ['finess'], { unique: true })
@Index('structureSiret', ['siret'], { unique: true })
@Index('structureStrongMeans', ['strongMeansFromAt'])
@Index('structureParent', ['parentId', 'sortKey', 'id'])
export class StructureEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'varchar', length: 600 })
  nameKey!: string;

  /** Key for sorting and searching. */
  @Column({ type: 'varchar', length: 600 })
  sortKey!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  /** Its number in the national register of health and social establishments. */
  @Column({ type: 'varchar', length: 9, nullable: true })
  finess!: string | null;

  @Column({ type: 'varchar', length: 14, nullable: true })
  siret!: string | null;

  /** Postal address, on one line. */
  @Column({ type: 'varchar', length: 200, nullable: true })
  address!: string | null;

  /** Only a grouping has structures below it. */
  @Column({ type: 'varchar', length: 16, default: 'establishment' })
  kind!: StructureKind;

  /** The grouping that it is part of. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  parentId!: string | null;

  @Column({ type: 'int', default: 0, transformer: flag })
  smsForbidden!: boolean;

  /** Codes by mail are refused once a number is proved. */
  @Column({ type: 'int', default: 0, transformer: flag })
  mailFirstTimeOnly!: boolean;

  /** Maximum validity of a code, hours; null: that of the deployment. */
  @Column({ type: 'int', nullable: true })
  codeWindowHours!: number | null;

  /** Date after which only Pro Santé Connect signs in. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  proSanteConnectFromAt!: Date | null;

  /** Date after which only a strong means signs in. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  strongMeansFromAt!: Date | null;

  /** Latest stage reached on any server: a clock that steps back does not undo it. */
  @Column({ type: 'int', default: 0 })
  strongMeansReached!: number;

  @Column({ type: 'int', default: 0, transformer: flag })
  totpIsStrong!: boolean;

  @Column({ type: 'varchar', length: 8, default: 'any' })
  passkeyKind!: 'any' | 'device';

  @Column({ type: 'varchar', length: 8, default: 'any' })
  passkeyIdentity!: 'any' | 'proven';

  /** Addresses and CIDR blocks, separated by spaces. */
  @Column({ type: 'varchar', length: 1000, nullable: true })
  egressAddresses!: string | null;

  /** An administrator's change of a mail address waits for a second administrator, or 24 hours. */
  @Column({ type: 'int', default: 0, transformer: flag })
  fourEyes!: boolean;

  /** Several people use the same computers. */
  @Column({ type: 'int', default: 0, transformer: flag })
  sharedWorkstations!: boolean;

  /** Common name; null: the registered one. */
  @Column({ type: 'varchar', length: 80, nullable: true })
  displayName!: string | null;

  /** Digest of its logo in `structureLogo`. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  logo!: string | null;

  @Column({ type: 'varchar', length: 7, nullable: true })
  accent!: string | null;

  /** Date after which password, passkey and code admit only people whose identity is verified. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  identityRequiredFromAt!: Date | null;

  @Column({ type: 'int', default: 1 })
  version!: number;
}

export type StructureName = Pick<StructureEntity, 'id' | 'name'>;
