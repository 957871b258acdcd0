import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { SessionEntity } from './session.entity';

/** Columns of a session that its owner may receive: no secret. */
const KEPT = {
  ...{ id: true, means: true, amr: true, activity: true, userAgent: true, address: true },
  ...{ signedInAt: true, expiresAt: true, endedAt: true, endReason: true },
} as const;
export type KeptSession = Pick<SessionEntity, keyof typeof KEPT>;

/** Maximum number of rows that one statement changes and locks. */
const MOST = 1_000;

/**
 * The table `session`. Changes of several rows select their ids first and then change them by primary key. An UPDATE
 * through another index would lock that index first and the row afterwards, and could deadlock with one by primary
 * key. Every update that ends a session requires the secret, and removes it.
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

  /** Called by the guard at every request, and at every check of the gate. */
  async find(id: string): Promise<SessionEntity | undefined> {
    return (await this.#byId(id))[0];
  }

  /** Whether the session is open and has this rotation, as `tx` sees it. */
  isOpen({ id, rotation }: SessionVersion, now: Date, tx: EntityManager): Promise<boolean> {
    return this.of(tx).existsBy({ id, rotation, ...openAt(now) });
  }

  /** The open sessions of the person, newest first. */
  findOpen(accountId: string, now: Date): Promise<SessionEntity[]> {
    return this.of().find({ where: { accountId, ...openAt(now) }, order: { id: 'DESC' } });
  }

  /** The ids of {@link findOpen}, as `tx` sees them. */
  findOpenIds(accountId: string, now: Date, tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId, ...openAt(now) }, tx);
  }

  /** As {@link findOpenIds}, with sessions that have expired and are not yet ended. */
  findUnendedIds(accountId: string, tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId, endedAt: IsNull() }, tx);
  }

  /** Open sessions of a person, at most {@link MOST}, with who signed in. */
  findPrincipals(accountId: string, tx: EntityManager): Promise<Pick<SessionEntity, 'id' | 'principal'>[]> {
    return this.of(tx).find({
      select: { id: true, principal: true },
      where: { accountId, endedAt: IsNull() },
      order: { id: 'DESC' },
      take: MOST,
    });
  }

  /** As {@link findUnendedIds}, for many people: at most {@link MOST}. */
  findUnendedIdsOf(accountIds: readonly string[], tx: EntityManager): Promise<string[]> {
    return this.#ids({ accountId: In(accountIds), endedAt: IsNull() }, tx);
  }

  /** Moves the idle limit. Returns whether the session is open. */
  async renew(id: string, idleExpiresAt: Date, now: Date): Promise<boolean> {
    return exactlyOne(await this.of().update({ id, ...openAt(now) }, { idleExpiresAt }));
  }

  /** Changes the session if it is open and has this rotation. One of several concurrent callers succeeds. */
  async change(
    { id, rotation }: SessionVersion,
    changes: Partial<SessionEntity>,
    now: Date,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, rotation, ...openAt(now) }, changes));
  }

  /** Ends one session, of this person if given. Returns whether it was open. */
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
  ): Promise<boolean> {
    if (ids.length === 0) return false;
    const { affected } = await this.of(tx).update(
      { id: In(ids), secretDigest: Not(IsNull()) },
      { principal },
    );
    return (affected ?? 0) > 0;
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Ends at most `batch` sessions whose idle limit is over. Returns them. */
  async endLapsed(end: SessionEnd, batch: number, tx: EntityManager): Promise<string[]> {
    const lapsed = { endedAt: IsNull(), idleExpiresAt: LessThanOrEqual(end.endedAt) };
    const ids = await this.#ids(lapsed, tx, batch);
    if (ids.length === 0) return [];
    const guard = { id: In(ids), secretDigest: Not(IsNull()), idleExpiresAt: lapsed.idleExpiresAt };
    const { affected } = await this.of(tx).update(guard, ended(end));
    // A session that was renewed or ended meanwhile is left out.
    return affected === ids.length
      ? ids
      : this.#ids({ id: In(ids), endedAt: end.endedAt, endReason: end.endReason }, tx);
  }

  /** Owners of these sessions in `tx`, and the reasons of their ends. */
  findOwners(
    ids: readonly string[],
    tx: EntityManager,
  ): Promise<Pick<SessionEntity, 'id' | 'accountId' | 'principal' | 'endReason'>[]> {
    const select = { id: true, accountId: true, principal: true, endReason: true } as const;
    return this.of(tx).find({ select, where: { id: In(ids) } });
  }

  /** Deletes at most `batch` sessions that ended before `time`. Returns how many. */
  deleteEndedBefore(time: Date, batch: number): Promise<number> {
    return this.deleteOldest({ endedAt: LessThan(time), secretDigest: IsNull() }, { endedAt: 'ASC' }, batch);
  }

  /** All stored sessions of the person, newest first. */
  findAllOf(accountId: string): Promise<KeptSession[]> {
    return this.of().find({ select: KEPT, where: { accountId }, order: { id: 'DESC' }, take: MOST });
  }

  async #ids(where: object, tx?: EntityManager, batch = MOST): Promise<string[]> {
    const take = Math.min(Math.trunc(batch), MOST);
    const rows = await this.of(tx).find({ select: { id: true }, where, order: { id: 'DESC' }, take });
    return rows.map((row) => row.id);
  }
}

type SessionVersion = Pick<SessionEntity, 'id' | 'rotation'>;

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
