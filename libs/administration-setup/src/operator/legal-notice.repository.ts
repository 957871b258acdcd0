import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccessibilityState } from './legal-notice.types';

const text = (length: number) => ({ type: 'varchar', length, nullable: true }) as const;

/** The table `legalNotice`: one row with the facts that the law requires the operator to publish. */
@Entity('legalNotice')
export class LegalNoticeEntity {
  @PrimaryColumn({ type: 'int' })
  id!: number;

  @Column(text(200))
  publisherName!: string | null;

  @Column(text(300))
  publisherAddress!: string | null;

  @Column(text(40))
  publisherPhone!: string | null;

  @Column(text(200))
  publicationDirector!: string | null;

  @Column(text(200))
  hostName!: string | null;

  @Column(text(300))
  hostAddress!: string | null;

  @Column(text(40))
  hostPhone!: string | null;

  /** The health data host, such as « HDS, n° 2026-17 ». */
  @Column(text(200))
  hostCertification!: string | null;

  /** Mail address of the data protection officer. */
  @Column(text(254))
  dataProtectionEmail!: string | null;

  @Column({ type: 'varchar', length: 8 })
  accessibilityState!: AccessibilityState;

  /** `2026-11-24` */
  @Column(text(10))
  accessibilityAuditedOn!: string | null;

  @Column(text(200))
  accessibilityAuditor!: string | null;

  @Column(text(254))
  accessibilityEmail!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  updatedAt!: Date;

  @Column({ type: 'int' })
  version!: number;
}

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
