import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A seal over a batch of lines or over a purge, and over the previous seal. Rows are added and stay, even when their
 * lines are purged.
 */
@Entity('auditSeal')
export class AuditSealEntity {
  /** Starts at 1, without gaps: when several processes make the same one, the key lets one win. */
  @PrimaryColumn({ type: 'int' })
  sequence!: number;

  @Column({ type: 'varchar', length: 36, nullable: true })
  firstId!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  lastId!: string | null;

  @Column({ type: 'int' })
  lineCount!: number;

  /** Number of lines without a mark of this deployment's keys at the time of sealing. */
  @Column({ type: 'int' })
  unmarkedCount!: number;

  /** Time of the youngest line, at most the time of sealing; start of the retention. */
  @Column({ type: 'datetime', precision: 3 })
  youngestAt!: Date;

  /** SHA-256 over the lines in their canonical form, in the order of their ids. */
  @Column({ type: 'varchar', length: 64 })
  linesDigest!: string;

  /** The lines of all seals up to this one had been purged at that time. */
  @Column({ type: 'int' })
  purgedThrough!: number;

  @Column({ type: 'varchar', length: 64 })
  previousDigest!: string;

  @Column({ type: 'datetime', precision: 3 })
  sealedAt!: Date;

  /** SHA-256 over all columns above. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  /** Keyed digest of the digest: `keyId.hex`. */
  @Column({ type: 'varchar', length: 100 })
  signature!: string;
}
