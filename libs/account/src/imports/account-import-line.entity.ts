import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ImportContent, ImportProblem, LineState } from './account-import.types';

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
