import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, MoreThan, Repository, Column, Entity, PrimaryColumn } from 'typeorm';

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

/** The seals of the journal, which are only added and read. */
@Injectable()
export class AuditSealRepository extends EntityRepository<AuditSealEntity> {
  constructor(@InjectRepository(AuditSealEntity) seals: Repository<AuditSealEntity>) {
    super(seals);
  }

  /** The last seal. */
  async findHead(tx?: EntityManager): Promise<AuditSealEntity | undefined> {
    const [head] = await this.of(tx).find({ order: { sequence: 'DESC' }, take: 1 });
    return head;
  }

  /** Number of covered lines that no purge has deleted. */
  async countLines(tx?: EntityManager): Promise<number> {
    const { purgedThrough = 0 } = (await this.findHead(tx)) ?? {};
    return (await this.of(tx).sum('lineCount', { sequence: MoreThan(purgedThrough) })) ?? 0;
  }

  /** Returns one seal. */
  find(sequence: number): Promise<AuditSealEntity | null> {
    return this.of().findOneBy({ sequence });
  }

  /** Seals in order, after `sequence`. */
  findAfter(sequence: number, limit: number): Promise<AuditSealEntity[]> {
    return this.of().find({
      where: { sequence: MoreThan(sequence) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** As {@link findAfter}, seals over lines only. */
  findOverLinesAfter(sequence: number, limit: number, tx: EntityManager): Promise<AuditSealEntity[]> {
    return this.of(tx).find({
      where: { sequence: MoreThan(sequence), lineCount: MoreThan(0) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** Inserts a seal. When several processes make the same number, the primary key lets one win. */
  async insert(seal: AuditSealEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(seal);
  }
}
