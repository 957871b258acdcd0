import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { ApplicationEntity } from '@portillon/application';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, In, LessThanOrEqual, Repository } from 'typeorm';
import type { GateStanding, StandingSession } from '../check/gate-standing.types';
import type { GateRule } from '../rules/gate-rule.types';
import { GateSessionEntity } from './gate-session.entity';

/** The rows that one check reads. */
interface JoinedSession extends GateSessionEntity {
  session: StandingSession;
  application: ApplicationEntity;
  rules: GateRule[];
}

/** The table `gateSession`. */
@Injectable()
export class GateSessionRepository extends EntityRepository<GateSessionEntity> {
  constructor(@InjectRepository(GateSessionEntity) rows: Repository<GateSessionEntity>) {
    super(rows);
  }

  /**
   * All that a check needs, in one SELECT, each table by its key: while the session at Portillon is open, so that its end
   * holds at the next request. The tables of other libs are joined by name; none of them is written here.
   */
  async standing(id: string, now: Date): Promise<(GateStanding & { secretDigest: string }) | undefined> {
    const { entities, raw } = await this.of()
      .createQueryBuilder('gate')
      .innerJoinAndMapOne('gate.session', 'session', 'session', 'session.id = gate.sessionId')
      .innerJoin('account', 'account', 'account.id = session.accountId')
      .innerJoinAndMapOne(
        'gate.application',
        'application',
        'application',
        'application.id = gate.applicationId',
      )
      .leftJoinAndMapMany('gate.rules', 'gateRule', 'rule', 'rule.applicationId = gate.applicationId')
      .addSelect('account.email', 'email')
      .where('gate.id = :id AND session.secretDigest IS NOT NULL', { id })
      .andWhere('session.idleExpiresAt > :now AND session.expiresAt > :now', { now })
      .orderBy('rule.position')
      .getRawAndEntities<{ email: string }>();
    const [found] = entities as JoinedSession[];
    if (!found) return undefined;
    const { secretDigest, sid, application, rules, session } = found;
    return { secretDigest, application, rules, person: { session, sid, email: raw[0]!.email } };
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

  /** Deletes at most `batch` whose session is over at the latest: how many. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
