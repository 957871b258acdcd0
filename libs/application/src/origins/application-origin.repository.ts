import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, isUniqueViolation } from '@portillon/persistence';
import { EntityManager, In, Not, Repository } from 'typeorm';
import { ApplicationOriginEntity } from './application-origin.entity';

/** The table `applicationOrigin`. */
@Injectable()
export class ApplicationOriginRepository extends EntityRepository<ApplicationOriginEntity> {
  readonly byOrigin = this.loader('origin');

  constructor(@InjectRepository(ApplicationOriginEntity) rows: Repository<ApplicationOriginEntity>) {
    super(rows);
  }

  /** Replaces the application's origins. Returns false when another application has one of them. */
  async hold(applicationId: string, origins: readonly string[], tx: EntityManager): Promise<boolean> {
    await this.of(tx).delete({ applicationId, origin: Not(In(origins)) });
    const held = (await this.of(tx).findBy({ applicationId })).map(({ origin }) => origin);
    const wanted = origins.filter((origin) => !held.includes(origin));
    try {
      for (const origin of wanted) await this.of(tx).insert({ origin, applicationId });
      return true;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return false;
    }
  }
}
