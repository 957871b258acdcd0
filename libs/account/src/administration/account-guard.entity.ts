import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The table `accountGuard`: a row for each rule over several accounts, written by every action that could break the rule. */
@Entity('accountGuard')
export class AccountGuardEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  rule!: string;

  /** Number of writes. */
  @Column({ type: 'int' })
  writes!: number;
}
