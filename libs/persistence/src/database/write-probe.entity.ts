import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row, which all instances write to see that the database has space. */
@Entity('writeProbe')
export class WriteProbeEntity {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  @Column({ type: 'datetime', precision: 3 })
  writtenAt!: Date;
}
