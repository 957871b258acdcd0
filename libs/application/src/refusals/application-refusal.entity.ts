import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationRefusal`: recent refusals of an application's requests; one row for equal ones. */
@Entity('applicationRefusal')
@Index('applicationRefusalLast', ['applicationId', 'lastAt'])
@Index('applicationRefusalAge', ['lastAt'])
export class ApplicationRefusalEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** SHA-256 of code and detail. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'varchar', length: 64 })
  code!: string;

  /** The refused value, such as an unregistered redirect URI: a text of the client, never a secret. */
  @Column({ type: 'varchar', length: 1000 })
  detail!: string;

  @Column({ type: 'int' })
  times!: number;

  @Column({ type: 'datetime', precision: 3 })
  firstAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  lastAt!: Date;
}
