import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
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

  /** Deletes at most `batch` that nobody came back for: how many. */
  async deleteExpired(now: Date, batch: number): Promise<number> {
    const where = { expiresAt: LessThanOrEqual(now) };
    const rows = await this.of().find({
      select: { id: true },
      where,
      order: { expiresAt: 'ASC' },
      take: batch,
    });
    if (rows.length === 0) return 0;
    return (await this.of().delete({ id: In(rows.map((row) => row.id)) })).affected ?? 0;
  }
}
