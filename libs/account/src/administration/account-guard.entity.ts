import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `accountGuard`: a row for each rule over several accounts, which what could break the rule writes to. */
@Entity('accountGuard')
export class AccountGuardEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  rule!: string;

  /** How often it was written to. */
  @Column({ type: 'int' })
  writes!: number;
}
