import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `accountImport`: a file of accounts, and how far it has come. */
@Entity('accountImport')
@Index('accountImportState', ['state', 'id'])
@Index('accountImportStructure', ['structureId', 'id'])
export class AccountImportEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 12 })
  state!: string;

  @Column({ type: 'varchar', length: 12 })
  mode!: string;

  @Column({ type: 'varchar', length: 8 })
  whenInterrupted!: string;

  @Column({ type: 'int' })
  dryRun!: number;

  /** Null: the command line. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  actorId!: string | null;

  /** Whose structure all of it goes into; null: each line says its own. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  structureId!: string | null;

  @Column({ type: 'int' })
  total!: number;

  /** Who works on it, and until when nobody else may. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  leaseId!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  leaseUntilAt!: Date | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  changedAt!: Date;
}

/** The table `accountImportLine`: one line of the file, and what became of it. */
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
  state!: string;

  @Column({ type: 'varchar', length: 192 })
  usernameKey!: string;

  @Column({ type: 'varchar', length: 32, nullable: true })
  nationalId!: string | null;

  /** JSON of the account to be. */
  @Column({ type: 'text' })
  content!: string;

  /** JSON: what is wrong with it. */
  @Column({ type: 'text', nullable: true })
  problems!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  accountId!: string | null;
}
