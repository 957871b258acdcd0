import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { LegalNoticeEntity } from './legal-notice.entity';
import type { AccessibilityState } from './legal-notice.types';

/** There is one. */
const ID = 1;

/** The table `legalNotice`. */
@Injectable()
export class LegalNoticeRepository extends EntityRepository<LegalNoticeEntity> {
  constructor(@InjectRepository(LegalNoticeEntity) rows: Repository<LegalNoticeEntity>) {
    super(rows);
  }

  find(tx?: EntityManager): Promise<LegalNoticeEntity | null> {
    return this.of(tx).findOneBy({ id: ID });
  }

  /** For every page. */
  async accessibilityState(): Promise<AccessibilityState | undefined> {
    const row = await this.of().findOne({
      select: { id: true, accessibilityState: true },
      where: { id: ID },
    });
    return row?.accessibilityState;
  }

  /** Writes it while it has this version, 0 being none: of several who saw the same one, one does. */
  async write(
    version: number,
    changes: Omit<LegalNoticeEntity, 'id' | 'version'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const row = { ...changes, id: ID, version: version + 1 };
    if (version === 0) return this.insertNew(row, tx);
    return exactlyOne(await this.of(tx).update({ id: ID, version }, row));
  }
}
