import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PendingChangeKind } from './pending-change.types';

/** The table `pendingChange`: changes that administrators requested and that have not taken effect. */
@Entity('pendingChange')
@Index('pendingChangeOfAccount', ['accountId', 'kind'], { unique: true })
@Index('pendingChangeEffective', ['effectiveAt', 'id'])
export class PendingChangeEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  @Column({ type: 'varchar', length: 12 })
  kind!: PendingChangeKind;

  @Column({ type: 'varchar', length: 255 })
  value!: string;

  /** Account of the administrator, or the application. */
  @Column({ type: 'varchar', length: 36 })
  requestedBy!: string;

  @Column({ type: 'datetime', precision: 3 })
  requestedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  effectiveAt!: Date;
}
