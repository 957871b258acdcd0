import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import {
  EntityManager,
  In,
  LessThanOrEqual,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `gateSession`: the session behind an application's own cookie. It ends with the session at Portillon. */
@Entity('gateSession')
@Index('gateSessionOfSession', ['sessionId'])
@Index('gateSessionByExpiry', ['expiresAt'])
export class GateSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** The session at Portillon. */
  @Column({ type: 'varchar', length: 36 })
  sessionId!: string;

  /** The application's id of that session, which a back-channel logout names. */
  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  /** SHA-256 of the secret in the cookie. */
  @Column({ type: 'varchar', length: 64 })
  secretDigest!: string;

  /** When the session ends at the latest. */
  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

type FoundGateSession = Omit<GateSessionEntity, 'expiresAt'>;

/** The table `gateSession`. */
@Injectable()
export class GateSessionRepository extends EntityRepository<GateSessionEntity> {
  readonly #byId = this.loader('id', {
    id: true,
    applicationId: true,
    sessionId: true,
    sid: true,
    secretDigest: true,
  });

  constructor(@InjectRepository(GateSessionEntity) rows: Repository<GateSessionEntity>) {
    super(rows);
  }

  /** The session of this cookie's id; runs on every check. */
  async find(id: string): Promise<FoundGateSession | undefined> {
    return (await this.#byId(id))[0];
  }

  async insert(session: GateSessionEntity, tx: EntityManager): Promise<void> {
    await this.of(tx).insert(session);
  }

  /** That of this application alone: the id comes from a browser. */
  async delete(id: string, applicationId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ id, applicationId });
  }

  /** Every cookie that this application gave out in these sessions. Chosen first and deleted by key. */
  async deleteOf(applicationId: string, sessionIds: readonly string[], tx: EntityManager): Promise<void> {
    const where = { applicationId, sessionId: In(sessionIds) };
    const found = await this.of(tx).find({ select: { id: true }, where });
    if (found.length > 0) await this.of(tx).delete(found.map(({ id }) => id));
  }

  /** Deletes at most `batch` whose session is over at the latest. Returns the number. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
