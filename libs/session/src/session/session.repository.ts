import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { SessionEntity } from './session.entity';

/** What the account holder may have of a session: nothing of its secret. */
const KEPT = {
  ...{ id: true, means: true, amr: true, activity: true, userAgent: true, address: true },
  ...{ signedInAt: true, expiresAt: true, endedAt: true, endReason: true },
} as const;
export type KeptSession = Pick<SessionEntity, keyof typeof KEPT>;

/** Rows changed by one statement at most: it holds their locks together. */
const MOST = 1_000;

/**
 * The table `session`. What changes several rows chooses their ids first and changes them by primary key: an UPDATE that
 * searched another index would lock that index first and the row after, crosswise with one by primary key (a deadlock).
 * Every end is guarded by the secret, which goes with it.
 */
@Injectable()
export class SessionRepository extends EntityRepository<SessionEntity> {
  readonly #byId = this.loader('id');

  constructor(@InjectRepository(SessionEntity) rows: Repository<SessionEntity>) {
    super(rows);
  }

  async insert(session: SessionEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(session);
  }

  /** For the guard of every request, and of every check of the gate. */
  async find(id: string): Promise<SessionEntity | undefined> {
    return (await this.#byId(id))[0];
  }

  /** The open sessions of the person, newest first. */
  open(accountId: string, now: Date): Promise<SessionEntity[]> {
    return this.of().find({ where: { accountId, ...openAt(now) }, order: { id: 'DESC' } });
  }

  /** The ids of {@link open}, as `tx` sees them. */
  openIds(accountId: string, now: Date, tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId, ...openAt(now) }, tx);
  }

  /** As {@link openIds}, with those that have lapsed and are not yet ended. */
  unendedIds(accountId: string, tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId, endedAt: IsNull() }, tx);
  }

  /** As {@link unendedIds}, of many people: at most {@link MOST}. */
  unendedIdsOf(accountIds: readonly string[], tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId: In(accountIds), endedAt: IsNull() }, tx);
  }

  /** Whether the session is open, and its idle limit is moved. */
  async renew(id: string, idleExpiresAt: Date, now: Date): Promise<boolean> {
    return exactlyOne(await this.of().update({ id, ...openAt(now) }, { idleExpiresAt }));
  }

  /** Changes the session while it is open and has this rotation: of several callers, one does. */
  async change(
    { id, rotation }: Pick<SessionEntity, 'id' | 'rotation'>,
    changes: Partial<SessionEntity>,
    now: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, rotation, ...openAt(now) }, changes));
  }

  /** Ends one session, of this person where one is named. Whether it was open. */
  async end(id: string, end: SessionEnd, accountId: string | undefined, tx: EntityManager): Promise<boolean> {
    const guard = { id, secretDigest: Not(IsNull()), ...(accountId !== undefined && { accountId }) };
    return exactlyOne(await this.of(tx).update(guard, ended(end)));
  }

  async endMany(ids: readonly string[], end: SessionEnd, tx: EntityManager): Promise<number> {
    if (ids.length === 0) return 0;
    const { affected } = await this.of(tx).update({ id: In(ids), secretDigest: Not(IsNull()) }, ended(end));
    return affected ?? 0;
  }

  async setPrincipal(
    ids: readonly string[],
    principal: SessionEntity['principal'],
    tx: EntityManager,
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.of(tx).update({ id: In(ids), secretDigest: Not(IsNull()) }, { principal });
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Ends at most `batch` sessions whose idle limit is over: which. */
  async endLapsed(end: SessionEnd, batch: number, tx: EntityManager): Promise<string[]> {
    const lapsed = { endedAt: IsNull(), idleExpiresAt: LessThanOrEqual(end.endedAt) };
    const ids = await this.#ids(lapsed, tx, batch);
    if (ids.length === 0) return [];
    const guard = { id: In(ids), secretDigest: Not(IsNull()), idleExpiresAt: lapsed.idleExpiresAt };
    const { affected } = await this.of(tx).update(guard, ended(end));
    // One that was renewed or ended meanwhile is not among them.
    return affected === ids.length
      ? ids
      : this.#ids({ id: In(ids), endedAt: end.endedAt, endReason: end.endReason }, tx);
  }

  /** Whose these sessions are, as `tx` has left them, and what ended them. */
  ownersOf(
    ids: readonly string[],
    tx: EntityManager,
  ): Promise<Pick<SessionEntity, 'id' | 'accountId' | 'principal' | 'endReason'>[]> {
    const select = { id: true, accountId: true, principal: true, endReason: true } as const;
    return this.of(tx).find({ select, where: { id: In(ids) } });
  }

  /** Deletes at most `batch` sessions that ended before `time`: how many. */
  deleteEndedBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ endedAt: LessThan(time), secretDigest: IsNull() }, { endedAt: 'ASC' }, batch);
  }

  /** Every session that is kept of the person, newest first. */
  kept(accountId: string): Promise<KeptSession[]> {
    return this.of().find({ select: KEPT, where: { accountId }, order: { id: 'DESC' }, take: MOST });
  }

  async #ids(where: object, tx?: EntityManager, batch = MOST): Promise<string[]> {
    const take = Math.min(Math.trunc(batch), MOST);
    const rows = await this.of(tx).find({ select: { id: true }, where, order: { id: 'DESC' }, take });
    return rows.map((row) => row.id);
  }
}

export interface SessionEnd {
  endedAt: Date;
  endReason: string;
}

function openAt(now: Date) {
  return { endedAt: IsNull(), idleExpiresAt: MoreThan(now), expiresAt: MoreThan(now) };
}

function ended({ endedAt, endReason }: SessionEnd) {
  return { endedAt, endReason, secretDigest: null };
}
