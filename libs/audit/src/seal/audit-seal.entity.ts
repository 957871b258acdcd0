import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * One seal: over a batch of lines, or over a purge, and always over the seal before it. Rows are added and stay, also
 * when the lines they cover are purged.
 */
@Entity('auditSeal')
export class AuditSealEntity {
  /** From 1 on, without a gap: of several who try to make the same one, the key lets one win. */
  @PrimaryColumn({ type: 'int' })
  sequence!: number;

  @Column({ type: 'varchar', length: 36, nullable: true })
  firstId!: string | null;

  @Column({ type: 'varchar', length: 36, nullable: true })
  lastId!: string | null;

  @Column({ type: 'int' })
  lineCount!: number;

  /** How many of the lines bore no mark of this deployment's keys when they were sealed. */
  @Column({ type: 'int' })
  unmarkedCount!: number;

  /** When the youngest of its lines was written, and at the latest when it was sealed: what the retention counts from. */
  @Column({ type: 'datetime', precision: 3 })
  youngestAt!: Date;

  /** SHA-256 over the lines in their canonical form, in the order of their ids. */
  @Column({ type: 'varchar', length: 64 })
  linesDigest!: string;

  /** The lines of all seals up to this one were purged when it was made. */
  @Column({ type: 'int' })
  purgedThrough!: number;

  @Column({ type: 'varchar', length: 64 })
  previousDigest!: string;

  @Column({ type: 'datetime', precision: 3 })
  sealedAt!: Date;

  /** SHA-256 over all of the above. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  /** Keyed digest of the digest: `keyId.hex`. */
  @Column({ type: 'varchar', length: 100 })
  signature!: string;
}
