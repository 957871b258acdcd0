import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, MoreThan, Repository } from 'typeorm';
import { AuditSealEntity } from './audit-seal.entity';

/** The seals of the journal, which are only added and read. */
@Injectable()
export class AuditSealRepository extends EntityRepository<AuditSealEntity> {
  constructor(@InjectRepository(AuditSealEntity) seals: Repository<AuditSealEntity>) {
    super(seals);
  }

  /** The last seal. */
  async head(tx?: EntityManager): Promise<AuditSealEntity | undefined> {
    const [head] = await this.of(tx).find({ order: { sequence: 'DESC' }, take: 1 });
    return head;
  }

  /** Number of covered lines that no purge has deleted. */
  async linesStanding(tx?: EntityManager): Promise<number> {
    const { purgedThrough = 0 } = (await this.head(tx)) ?? {};
    return (await this.of(tx).sum('lineCount', { sequence: MoreThan(purgedThrough) })) ?? 0;
  }

  /** Returns one seal. */
  find(sequence: number): Promise<AuditSealEntity | null> {
    return this.of().findOneBy({ sequence });
  }

  /** Seals in order, after `sequence`. */
  after(sequence: number, limit: number): Promise<AuditSealEntity[]> {
    return this.of().find({
      where: { sequence: MoreThan(sequence) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** As {@link after}, seals over lines only. */
  overLinesAfter(sequence: number, limit: number, tx: EntityManager): Promise<AuditSealEntity[]> {
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
