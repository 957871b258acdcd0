import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { GateSignInEntity } from './gate-sign-in.entity';

/** The table `gateSignIn`. */
@Injectable()
export class GateSignInRepository extends EntityRepository<GateSignInEntity> {
  constructor(@InjectRepository(GateSignInEntity) rows: Repository<GateSignInEntity>) {
    super(rows);
  }

  async insert(signIn: GateSignInEntity): Promise<void> {
    await this.of().insert(signIn);
  }

  find(id: string, now: Date): Promise<GateSignInEntity | null> {
    return this.of().findOneBy({ id, expiresAt: MoreThan(now) });
  }

  /** Binds it to the browser that holds this secret. Whether it was bound to none before. */
  async bind(id: string, secretDigest: string, now: Date): Promise<boolean> {
    const guard = { id, secretDigest: IsNull(), expiresAt: MoreThan(now) };
    return exactlyOne(await this.of().update(guard, { secretDigest }));
  }

  /** Uses it up: of several callers, one does. */
  async consume(id: string, tx?: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).delete({ id }));
  }

  /** Deletes at most `batch` whose person never came back: how many. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
