import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  LessThan,
  Not,
  Repository,
  Column,
  Entity,
  Index,
  PrimaryColumn,
} from 'typeorm';

/** The table `openidSessionClient`: which applications a session has entered. */
@Entity('openidSessionClient')
@Index('openidSessionClientSid', ['sid'], { unique: true })
@Index('openidSessionClientOfAccount', ['accountId'])
@Index('openidSessionClientByAge', ['createdAt'])
export class OpenidSessionClientEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  applicationId!: string;

  @Column({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The session's id for this application; each application has a different one. */
  @Column({ type: 'varchar', length: 64 })
  sid!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  grantId!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3 })
  lastUsedAt!: Date;

  /** When the user signed out of this application only; null while the session decides. */
  @Column({ type: 'datetime', precision: 3, nullable: true })
  endedAt!: Date | null;
}

type Entry = Pick<OpenidSessionClientEntity, 'sessionId' | 'applicationId' | 'sid'>;

/** The table `openidSessionClient`. An application that the user signed out of counts as not entered. */
@Injectable()
export class OpenidSessionClientRepository extends EntityRepository<OpenidSessionClientEntity> {
  constructor(@InjectRepository(OpenidSessionClientEntity) rows: Repository<OpenidSessionClientEntity>) {
    super(rows);
  }

  /** Whether the row was added: not when the application was entered before, or by another tab at this moment. */
  add(client: OpenidSessionClientEntity): Promise<boolean> {
    return this.insertNew(client);
  }

  /** Returns whether the user had signed out of the application. If so, enters it again with the values of `client`. */
  async reopen({ sessionId, applicationId, ...client }: OpenidSessionClientEntity): Promise<boolean> {
    return exactlyOne(await this.of().update({ sessionId, applicationId, endedAt: Not(IsNull()) }, client));
  }

  /**
   * Replaces the entry's grant `former` by the one of `client`, which may be the same. Returns whether the entry had
   * `former`.
   */
  async renew(
    { sessionId, applicationId, grantId, lastUsedAt }: OpenidSessionClientEntity,
    former: string,
  ): Promise<boolean> {
    const standing = { sessionId, applicationId, grantId: former, endedAt: IsNull() };
    return exactlyOne(await this.of().update(standing, { grantId, lastUsedAt }));
  }

  find({
    sessionId,
    applicationId,
  }: Pick<Entry, 'sessionId' | 'applicationId'>): Promise<OpenidSessionClientEntity | null> {
    return this.of().findOneBy({ sessionId, applicationId, endedAt: IsNull() });
  }

  /** Returns the `sid` and the grant of each application that the session has entered. */
  ofSession(
    sessionId: string,
  ): Promise<Pick<OpenidSessionClientEntity, 'applicationId' | 'sid' | 'grantId'>[]> {
    const select = { sessionId: true, applicationId: true, sid: true, grantId: true } as const;
    return this.of().find({ select, where: { sessionId, endedAt: IsNull() } });
  }

  ofSessions(sessionIds: readonly string[], tx: EntityManager): Promise<OpenidSessionClientEntity[]> {
    return this.of(tx).findBy({ sessionId: In(sessionIds), endedAt: IsNull() });
  }

  /** The applications that the user's sessions opened, including ended sessions. */
  ofAccount(accountId: string): Promise<OpenidSessionClientEntity[]> {
    return this.of().findBy({ accountId });
  }

  /** Ends the session's entry to this application under this `sid`. Returns whether it was still open. */
  async end({ sessionId, applicationId, sid }: Entry, endedAt: Date, tx: EntityManager): Promise<boolean> {
    const standing = { sessionId, applicationId, sid, endedAt: IsNull() };
    return exactlyOne(await this.of(tx).update(standing, { endedAt }));
  }

  findBySid(sid: string): Promise<OpenidSessionClientEntity | null> {
    return this.of().findOneBy({ sid, endedAt: IsNull() });
  }

  /** Deletes at most `batch` rows made before `time`. Returns the number. */
  async deleteMadeBefore(time: Date, batch: number): Promise<number> {
    const old = await this.of().find({ where: { createdAt: LessThan(time) }, take: batch });
    if (old.length > 0) await this.of().remove(old);
    return old.length;
  }
}
