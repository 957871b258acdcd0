import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository } from 'typeorm';
import { GateSignInEntity } from './gate-sign-in.entity';
import type { GateSignIn } from './own-pages';

/** The table `gateSignIn`. */
@Injectable()
export class GateSignInRepository extends EntityRepository<GateSignInEntity> {
  constructor(@InjectRepository(GateSignInEntity) rows: Repository<GateSignInEntity>) {
    super(rows);
  }

  /** Uses the sign-in up: of several callers, one does. */
  use({ id, applicationId, origin, expiresAt }: GateSignIn, tx: EntityManager): Promise<boolean> {
    const unused = { target: '', acr: null, maxAgeSeconds: null, secretDigest: null };
    return this.insertNew({ id, applicationId, origin, ...unused, expiresAt: new Date(expiresAt) }, tx);
  }

  /** Deletes at most `batch` expired rows. Returns their number. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
