import { stringList } from '@portillon/persistence';
import { StructureEntity } from '@portillon/structure';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { MembershipSource } from './membership.types';

/** The table `membership`: a person's place in one structure. The structure that manages the account has one too. */
@Entity('membership')
@Index('membershipStructure', ['structureId', 'endedAt', 'accountId'])
@Index('membershipExternalId', ['structureId', 'externalId'])
@Index('membershipUntil', ['untilAt', 'accountId'])
export class MembershipEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  structureId!: string;

  /** No foreign key, as in `account`. */
  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity | null;

  /** Roles in this structure; of the managing one, a copy of those of the account. */
  @Column({ type: 'varchar', length: 255, transformer: stringList })
  roles!: readonly string[];

  @Column({ type: 'varchar', length: 80, nullable: true })
  function!: string | null;

  /** What opened it. */
  @Column({ type: 'varchar', length: 13 })
  source!: MembershipSource;

  /** Id of the person in that source. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  externalId!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  sinceAt!: Date;

  /** Its last day, after which it is over; null: none. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  untilAt!: Date | null;

  /** When it was ended; null: it was not. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'int', default: 1 })
  version!: number;
}
