import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `structure`: a hospital, a practice, an association whose people sign in. */
@Entity('structure')
@Index('structureNameKey', ['nameKey'], { unique: true })
export class StructureEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 200 })
  name!: string;

  @Column({ type: 'varchar', length: 600 })
  nameKey!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;
}
