import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne, stringList } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  LessThan,
  MoreThan,
  Not,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';
import type { Principal, SessionMeans } from '../session/session.types';

/** The table `signIn`. */
@Entity('signIn')
@Index('signInOfAccount', ['accountId', 'endedAt'])
@Index('signInByExpiry', ['expiresAt'])
export class PendingSignInEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** SHA-256 of the secret; null as soon as the sign-in has ended. */
  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'simple-json' })
  principal!: Principal;

  @Column({ type: 'varchar', length: 32 })
  means!: SessionMeans;

  /** Words of RFC 8176. */
  @Column({ type: 'varchar', length: 255, transformer: stringList })
  amr!: string[];

  @Column({ type: 'varchar', length: 36, nullable: true })
  browserId!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  startedAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}

/** The table `signIn`. Every update that ends a sign-in requires the secret, and removes it. */
@Injectable()
export class PendingSignInRepository extends EntityRepository<PendingSignInEntity> {
  constructor(@InjectRepository(PendingSignInEntity) rows: Repository<PendingSignInEntity>) {
    super(rows);
  }

  async insert(signIn: PendingSignInEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(signIn);
  }

  find(id: string): Promise<PendingSignInEntity | null> {
    return this.of().findOneBy({ id });
  }

  /** Ends the sign-in before it expires. Returns `true` for one caller. */
  async complete(id: string, now: Date, tx: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: Not(IsNull()), expiresAt: MoreThan(now) };
    return exactlyOne(await this.of(tx).update(guard, ended(now)));
  }

  async end(id: string, now: Date, tx?: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, secretDigest: Not(IsNull()) }, ended(now)));
  }

  /** Selects the ids first and ends by primary key, as in {@link SessionRepository}. */
  async endAll(accountIds: readonly string[], now: Date, tx: EntityManager): Promise<number> {
    const where = { accountId: In(accountIds), endedAt: IsNull() };
    const rows = await this.of(tx).find({ select: { id: true }, where });
    if (rows.length === 0) return 0;
    const guard = { id: In(rows.map((row) => row.id)), secretDigest: Not(IsNull()) };
    const { affected } = await this.of(tx).update(guard, ended(now));
    return affected ?? 0;
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThan(time) }, { expiresAt: 'ASC' }, batch);
  }
}

function ended(endedAt: Date) {
  return { endedAt, secretDigest: null };
}
