import {
  Column,
  Entity,
  PrimaryColumn,
  EntityManager,
  IsNull,
  LessThanOrEqual,
  Not,
  Repository,
} from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import type { Head, JournalFault, Verification } from '../verification/verification.types';

/** The latest requested proof and the process that works on it: one row. */
@Entity('auditProof')
export class AuditProofEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  /** Account of the requester; null: none. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  askedBy!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  askedAt!: Date;

  @Column({ type: 'simple-json', nullable: true })
  noted!: Head | null;

  @Column({ type: 'int' })
  readLines!: number;

  @Column({ type: 'int' })
  totalLines!: number;

  /** The process that works on it, and the end of its lease. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  heldBy!: string | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  heldUntilAt!: Date | null;

  /** Null while it is running. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;

  @Column({ type: 'simple-json', nullable: true })
  result!: ProofResult | null;
}

const ID = 'journal';

/** The row of the table `auditProof`. */
@Injectable()
export class AuditProofRepository extends EntityRepository<AuditProofEntity> {
  constructor(@InjectRepository(AuditProofEntity) rows: Repository<AuditProofEntity>) {
    super(rows);
  }

  find(): Promise<AuditProofEntity | null> {
    return this.of().findOneBy({ id: ID });
  }

  async insert(row: Omit<AuditProofEntity, 'id'>, tx: EntityManager): Promise<void> {
    await this.of(tx).insert({ ...row, id: ID });
  }

  /** Replaces a proof that has ended. */
  async replace(row: Omit<AuditProofEntity, 'id'>, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id: ID, endedAt: Not(IsNull()) }, row));
  }

  /** Leases the running proof to `heldBy`, unless another process holds it. */
  async takeLease(heldBy: string, now: Date, heldUntilAt: Date): Promise<boolean> {
    const underWay = { id: ID, endedAt: IsNull() };
    if (!(await this.of().existsBy(underWay))) return false;
    const taken = { heldBy, heldUntilAt, readLines: 0 };
    if (exactlyOne(await this.of().update({ ...underWay, heldUntilAt: IsNull() }, taken))) return true;
    return exactlyOne(await this.of().update({ ...underWay, heldUntilAt: LessThanOrEqual(now) }, taken));
  }

  /** Changes the proof if `heldBy` holds it. */
  async change(
    heldBy: string,
    changes: Partial<Omit<AuditProofEntity, 'id'>>,
    tx?: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id: ID, heldBy, endedAt: IsNull() }, changes));
  }
}

/** Result of a proof: a verification with its first fault or doubt. */
export type ProofResult = Pick<
  Verification,
  'verdict' | 'head' | 'seals' | 'lines' | 'purgedThrough' | 'waiting'
> & {
  /** Number of faults. */
  wrong: number;
  first: JournalFault | null;
};

/** The latest requested proof of the whole journal. */
export interface AuditProof {
  /** Account of the requester; null: none. */
  askedBy: string | null;
  askedAt: Date;
  /** A head that was kept elsewhere, to look for. */
  noted: Head | null;
  /** Lines read so far, and the approximate total. */
  read: number;
  total: number;
  endedAt: Date | null;
  /** Null until it has ended. */
  result: ProofResult | null;
}

/** A lease on a proof. */
export interface ProofLease {
  heldBy: string;
  noted: Head | null;
}
