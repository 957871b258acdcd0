import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, stringList } from '@portillon/persistence';
import { StructureEntity } from '@portillon/structure';
import {
  Column,
  Entity,
  EntityManager,
  FindOptionsWhere,
  Index,
  IsNull,
  JoinColumn,
  LessThan,
  LessThanOrEqual,
  ManyToOne,
  MoreThan,
  Not,
  PrimaryColumn,
  Repository,
} from 'typeorm';
import type { IdentifierKind, MembershipSource } from './membership.types';

/**
 * The table `membershipProposal`: memberships that structures offer. It names no account, so that a row is the same
 * whether the person has one or not. A structure has one row for each identifier.
 */
@Entity('membershipProposal')
@Index('membershipProposalOnce', ['structureId', 'identifierKind', 'identifier'], { unique: true })
@Index('membershipProposalIdentifier', ['identifier', 'identifierKind'])
@Index('membershipProposalMailed', ['mailedAt', 'id'])
@Index('membershipProposalExpiry', ['expiresAt', 'id'])
export class MembershipProposalEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  structureId!: string;

  @ManyToOne(() => StructureEntity, { createForeignKeyConstraints: false })
  @JoinColumn({ name: 'structureId' })
  structure?: StructureEntity | null;

  @Column({ type: 'varchar', length: 10 })
  identifierKind!: IdentifierKind;

  /** The national id, or the mail address as accounts compare it. */
  @Column({ type: 'varchar', length: 254 })
  identifier!: string;

  @Column({ type: 'varchar', length: 255, transformer: stringList })
  roles!: readonly string[];

  @Column({ type: 'varchar', length: 80, nullable: true })
  function!: string | null;

  @Column({ type: 'varchar', length: 13 })
  source!: MembershipSource;

  @Column({ type: 'varchar', length: 255, nullable: true })
  externalId!: string | null;

  /** Last day of the membership. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  untilAt!: Date | null;

  /** Account of the administrator, or the application; null: a command. */
  @Column({ type: 'varchar', length: 36, nullable: true })
  proposedBy!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  proposedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  /** When its mail was due last, whether there was an account or not; null: it is due. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  mailedAt!: Date | null;

  /** SHA-256 of the secret of the link in the latest mail; null: there is none. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  /** When the person refused it, which the structure does not learn. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  refusedAt!: Date | null;

  /** When it was confirmed or withdrawn. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  closedAt!: Date | null;
}

export type ProposalRow = Omit<MembershipProposalEntity, 'structure'>;
export type ProposalKey = Pick<ProposalRow, 'structureId' | 'identifierKind' | 'identifier'>;
type ProposalGuard = FindOptionsWhere<MembershipProposalEntity>;

/** The table `membershipProposal`. */
@Injectable()
export class ProposalRepository extends EntityRepository<MembershipProposalEntity> {
  constructor(@InjectRepository(MembershipProposalEntity) rows: Repository<MembershipProposalEntity>) {
    super(rows);
  }

  /** Inserts it. Returns false when the structure has a row for this identifier. */
  insert(row: ProposalRow, tx: EntityManager): Promise<boolean> {
    return this.insertNew(row, tx);
  }

  /** Changes the one that matches `guard`. One of several concurrent callers succeeds. */
  async change(guard: ProposalGuard, changes: Partial<ProposalRow>, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update(guard, changes));
  }

  /** Those that match any of `guards`, with the names of their structures, the latest first. */
  findAny(guards: ProposalGuard[], limit: number, tx?: EntityManager): Promise<MembershipProposalEntity[]> {
    if (guards.length === 0) return Promise.resolve([]);
    const query = this.of(tx).createQueryBuilder('proposal');
    return query
      .leftJoinAndSelect('proposal.structure', 'structure')
      .where(guards)
      .orderBy('proposal.proposedAt', 'DESC')
      .addOrderBy('proposal.id', 'DESC')
      .limit(limit)
      .getMany();
  }

  /** Those of a person by their identifiers. */
  async deleteByIdentifiers(
    keys: Pick<ProposalKey, 'identifierKind' | 'identifier'>[],
    tx: EntityManager,
  ): Promise<void> {
    for (const key of keys) await this.of(tx).delete(key);
  }

  /** Deletes at most `batch` expired ones. Returns how many. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(now) }, { expiresAt: 'ASC' }, batch);
  }
}

/** Matches a proposal that may be confirmed or withdrawn. */
export function waitingAt(now: Date): ProposalGuard {
  return { closedAt: IsNull(), expiresAt: MoreThan(now) };
}

/** Matches one that is closed or has expired, in two guards: `update` takes one. */
export function overAt(now: Date): [ProposalGuard, ProposalGuard] {
  return [{ closedAt: Not(IsNull()) }, { expiresAt: LessThanOrEqual(now) }];
}
