import { Column, Entity, Index, PrimaryColumn, EntityManager, Repository } from 'typeorm';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';

/** The table `structureLogo`, separate from `structure`, which every sign-in reads. */
@Entity('structureLogo')
@Index('structureLogoDigest', ['digest'])
export class StructureLogoEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  structureId!: string;

  /** SHA-256 of `svg`. */
  @Column({ type: 'varchar', length: 64 })
  digest!: string;

  @Column({ type: 'text' })
  svg!: string;
}

/** The table `structureLogo`. */
@Injectable()
export class StructureLogoRepository extends EntityRepository<StructureLogoEntity> {
  constructor(@InjectRepository(StructureLogoEntity) rows: Repository<StructureLogoEntity>) {
    super(rows);
  }

  /** Logos with one digest are equal. */
  async findSvg(digest: string): Promise<string | undefined> {
    return (await this.of().findOne({ select: { structureId: true, svg: true }, where: { digest } }))?.svg;
  }

  async replace(
    structureId: string,
    logo: Pick<StructureLogoEntity, 'digest' | 'svg'> | null,
    tx: EntityManager,
  ): Promise<void> {
    await this.of(tx).delete({ structureId });
    if (logo) await this.of(tx).insert({ structureId, ...logo });
  }
}
