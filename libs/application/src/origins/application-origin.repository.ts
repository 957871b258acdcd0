import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isUniqueViolation } from '@portillon/persistence';
import { EntityManager, In, Not, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `applicationOrigin`: the application behind the gate of each origin. The key allows one. */
@Entity('applicationOrigin')
@Index('applicationOriginOfApplication', ['applicationId'])
export class ApplicationOriginEntity {
  /** `https://app.example`, without a default port. */
  @PrimaryColumn({ type: 'varchar', length: 300 })
  origin!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;
}

/** The table `applicationOrigin`. */
@Injectable()
export class ApplicationOriginRepository extends EntityRepository<ApplicationOriginEntity> {
  readonly byOrigin = this.loader('origin');

  constructor(@InjectRepository(ApplicationOriginEntity) rows: Repository<ApplicationOriginEntity>) {
    super(rows);
  }

  /** Replaces the application's origins. Returns false when another application has one of them. */
  async reserve(applicationId: string, origins: readonly string[], tx: EntityManager): Promise<boolean> {
    await this.of(tx).delete({ applicationId, origin: Not(In(origins)) });
    const owned = (await this.of(tx).findBy({ applicationId })).map(({ origin }) => origin);
    const wanted = origins.filter((origin) => !owned.includes(origin));
    try {
      for (const origin of wanted) await this.of(tx).insert({ origin, applicationId });
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }
}
