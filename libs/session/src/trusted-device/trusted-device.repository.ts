import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { TrustedDeviceEntity } from './trusted-device.entity';

/** Columns of a browser that the account holder may receive: no secret. */
const KEPT = {
  ...{ id: true, userAgent: true, address: true, createdAt: true, codeAcceptedAt: true },
  ...{ lastUsedAt: true, endedAt: true, endReason: true },
} as const;
export type KeptDevice = Pick<TrustedDeviceEntity, keyof typeof KEPT>;

export interface DeviceEnd {
  endedAt: Date;
  endReason: string;
}

/** More than any person has: a row is deleted 30 days after its end. */
const MOST = 1_000;

/** The table `rememberedBrowser`. Every update that ends a row requires the secret, and removes it. */
@Injectable()
export class TrustedDeviceRepository extends EntityRepository<TrustedDeviceEntity> {
  constructor(@InjectRepository(TrustedDeviceEntity) rows: Repository<TrustedDeviceEntity>) {
    super(rows);
  }

  async insert(device: TrustedDeviceEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(device);
  }

  /** Those of these ids that are trusted for the person and were used since `oldest`. */
  findKnown(ids: readonly string[], accountId: string, oldest: Date): Promise<TrustedDeviceEntity[]> {
    return this.of().findBy({ id: In(ids), accountId, endedAt: IsNull(), lastUsedAt: MoreThan(oldest) });
  }

  find(id: string, tx: EntityManager): Promise<TrustedDeviceEntity | null> {
    return this.of(tx).findOneBy({ id, endedAt: IsNull() });
  }

  /** Sets the next secret if `presented` is the current one. One of several tabs succeeds. */
  async rotate(
    id: string,
    presented: string,
    oldest: Date,
    next: Partial<TrustedDeviceEntity>,
    tx: EntityManager,
  ): Promise<boolean> {
    const guard = { id, secretDigest: presented, endedAt: IsNull(), lastUsedAt: MoreThan(oldest) };
    return exactlyOne(await this.of(tx).update(guard, next));
  }

  async acceptCode(id: string, codeAcceptedAt: Date, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, endedAt: IsNull() }, { codeAcceptedAt }));
  }

  /** Records the use at `now`, unless a later one is recorded. */
  async recordUse(id: string, now: Date): Promise<void> {
    await this.of().update({ id, lastUsedAt: LessThan(now) }, { lastUsedAt: now });
  }

  /** Forgets one browser, of this person if given. Returns whether it was trusted. */
  async end(id: string, end: DeviceEnd, accountId?: string, tx?: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: Not(IsNull()), ...(accountId !== undefined && { accountId }) };
    return exactlyOne(await this.of(tx).update(guard, ended(end)));
  }

  /** Selects the ids first and ends by primary key, as in {@link SessionRepository}. */
  async endAll(accountIds: readonly string[], end: DeviceEnd, tx: EntityManager): Promise<number> {
    const ids = await this.#ids({ accountId: In(accountIds), endedAt: IsNull() }, tx);
    return this.#end({ id: In(ids) }, end, tx);
  }

  /** Trusted and used since `oldest`, most recently used first. */
  findUsedSince(accountId: string, oldest: Date): Promise<TrustedDeviceEntity[]> {
    return this.of().find({
      where: { accountId, endedAt: IsNull(), lastUsedAt: MoreThan(oldest) },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
    });
  }

  /** All stored devices of the person, most recently used first. */
  findAllOf(accountId: string): Promise<KeptDevice[]> {
    return this.of().find({
      select: KEPT,
      where: { accountId },
      order: { lastUsedAt: 'DESC', id: 'DESC' },
      take: MOST,
    });
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Forgets at most `batch` that were not used since `oldest`. Returns how many. */
  async endUnused(oldest: Date, end: DeviceEnd, batch: number): Promise<number> {
    const lastUsedAt = LessThanOrEqual(oldest);
    const ids = await this.#ids({ endedAt: IsNull(), lastUsedAt }, undefined, batch);
    return this.#end({ id: In(ids), lastUsedAt }, end);
  }

  /** Deletes at most `batch` that were forgotten before `time`. Returns how many. */
  deleteEndedBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ endedAt: LessThan(time), secretDigest: IsNull() }, { endedAt: 'ASC' }, batch);
  }

  async #end(guard: object, end: DeviceEnd, tx?: EntityManager): Promise<number> {
    const { affected } = await this.of(tx).update({ ...guard, secretDigest: Not(IsNull()) }, ended(end));
    return affected ?? 0;
  }

  async #ids(where: object, tx?: EntityManager, batch = MOST): Promise<string[]> {
    const take = Math.min(Math.trunc(batch), MOST);
    const rows = await this.of(tx).find({ select: { id: true }, where, take });
    return rows.map((row) => row.id);
  }
}

function ended({ endedAt, endReason }: DeviceEnd) {
  return {
    endedAt,
    endReason,
    secretDigest: null,
    previousDigest: null,
    formerDigests: null,
    rotationSalt: null,
  };
}
