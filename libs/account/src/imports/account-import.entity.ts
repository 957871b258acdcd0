import { flag } from '@portillon/persistence';
import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type {
  ImportMode,
  ImportState,
  WhenInterrupted,
  ImportContent,
  ImportProblem,
  LineState,
} from './account-import.types';

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

/** The table `accountImportLine`: one line of the file, and its result. */
@Entity('accountImportLine')
@Index('accountImportLineState', ['importId', 'state', 'line'])
@Index('accountImportLineName', ['importId', 'usernameKey'])
@Index('accountImportLineNational', ['importId', 'nationalId'])
@Index('accountImportLineAccount', ['accountId'])
export class AccountImportLineEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  importId!: string;

  @PrimaryColumn({ type: 'int' })
  line!: number;

  @Column({ type: 'varchar', length: 8 })
  state!: LineState;

  @Column({ type: 'varchar', length: 192 })
  usernameKey!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  nationalId!: string | null;

  /** Data of the new account. */
  @Column({ type: 'simple-json' })
  content!: ImportContent;

  /** Problems of the line. */
  @Column({ type: 'simple-json', nullable: true })
  problems!: ImportProblem[] | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  accountId!: string | null;
}
