import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, MoreThan, Repository } from 'typeorm';
import { AuditSealEntity } from './audit-seal.entity';

/** The seals of the journal. They are added and read. */
@Injectable()
export class AuditSealRepository extends EntityRepository<AuditSealEntity> {
  constructor(@InjectRepository(AuditSealEntity) seals: Repository<AuditSealEntity>) {
    super(seals);
  }

  /** The last one. */
  async head(tx?: EntityManager): Promise<AuditSealEntity | undefined> {
    const [head] = await this.of(tx).find({ order: { sequence: 'DESC' }, take: 1 });
    return head;
  }

  /** How many lines they cover that no purge has deleted. */
  async linesStanding(tx?: EntityManager): Promise<number> {
    const { purgedThrough = 0 } = (await this.head(tx)) ?? {};
    return (await this.of(tx).sum('lineCount', { sequence: MoreThan(purgedThrough) })) ?? 0;
  }

  /** One of them. */
  find(sequence: number): Promise<AuditSealEntity | null> {
    return this.of().findOneBy({ sequence });
  }

  /** In their order, from the one after `sequence` on. */
  after(sequence: number, limit: number): Promise<AuditSealEntity[]> {
    return this.of().find({
      where: { sequence: MoreThan(sequence) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** The same, those over lines alone. */
  overLinesAfter(sequence: number, limit: number, tx: EntityManager): Promise<AuditSealEntity[]> {
    return this.of(tx).find({
      where: { sequence: MoreThan(sequence), lineCount: MoreThan(0) },
      order: { sequence: 'ASC' },
      take: limit,
    });
  }

  /** Of several who make the seal of one number, the primary key lets one win. */
  async insert(seal: AuditSealEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(seal);
  }
}
