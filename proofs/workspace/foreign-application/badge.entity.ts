import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A row of the application's own, changed in one transaction with the code. */
@Entity('badge')
export class BadgeEntity {
  @PrimaryColumn('varchar', { length: 36 })
  id!: string;

  @Column('varchar', { length: 100 })
  mail!: string;

  @Column('boolean', { default: false })
  active!: boolean;
}
