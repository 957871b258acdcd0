import { flag } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ImportMode, ImportState, WhenInterrupted } from './account-import.types';

/** The table `accountImport`: a file of accounts, and its progress. */
@Entity('accountImport')
@Index('accountImportState', ['state', 'id'])
@Index('accountImportStructure', ['structureId', 'id'])
export class AccountImportEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 12 })
  state!: ImportState;

  @Column({ type: 'varchar', length: 12 })
  mode!: ImportMode;

  @Column({ type: 'varchar', length: 8 })
  whenInterrupted!: WhenInterrupted;

  @Column({ type: 'int', transformer: flag })
  dryRun!: boolean;

  /** Null: the command line. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  actorId!: string | null;

  /** Structure of all accounts; null: each line names its own. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  @Column({ type: 'int' })
  total!: number;

  /** The worker that holds the import, and the end of its lease. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  leaseId!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  leaseUntilAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  changedAt!: Date;
}
