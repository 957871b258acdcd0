import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThan, Not, Repository } from 'typeorm';
import { OpenidSessionClientEntity } from './openid-session-client.entity';

type Entry = Pick<OpenidSessionClientEntity, 'sessionId' | 'applicationId' | 'sid'>;

/** The table `openidSessionClient`. An application that the person signed out of is as if it had not been entered. */
@Injectable()
export class OpenidSessionClientRepository extends EntityRepository<OpenidSessionClientEntity> {
  constructor(@InjectRepository(OpenidSessionClientEntity) rows: Repository<OpenidSessionClientEntity>) {
    super(rows);
  }

  /** Whether the row was added: not when the application was entered before, or by another tab at this moment. */
  add(client: OpenidSessionClientEntity): Promise<boolean> {
    return this.insertNew(client);
  }

  /** Whether the person had signed out of the application, and enters it anew as `client` says. */
  async reopen({ sessionId, applicationId, ...client }: OpenidSessionClientEntity): Promise<boolean> {
    return exactlyOne(await this.of().update({ sessionId, applicationId, endedAt: Not(IsNull()) }, client));
  }

  /** Whether the entry stood by the grant `former`, and stands by that of `client` now: the same one, or its successor. */
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

  /** How each application that the session stands at knows it, and by which grant. */
  ofSession(
    sessionId: string,
  ): Promise<Pick<OpenidSessionClientEntity, 'applicationId' | 'sid' | 'grantId'>[]> {
    const select = { sessionId: true, applicationId: true, sid: true, grantId: true } as const;
    return this.of().find({ select, where: { sessionId, endedAt: IsNull() } });
  }

  ofSessions(sessionIds: readonly string[], tx: EntityManager): Promise<OpenidSessionClientEntity[]> {
    return this.of(tx).findBy({ sessionId: In(sessionIds), endedAt: IsNull() });
  }

  /** The applications that the person's sessions opened, including ended sessions. */
  ofAccount(accountId: string): Promise<OpenidSessionClientEntity[]> {
    return this.of().findBy({ accountId });
  }

  /** Whether the session stood at this application by this `sid`, and does no more: it may have been entered anew. */
  async end({ sessionId, applicationId, sid }: Entry, endedAt: Date, tx: EntityManager): Promise<boolean> {
    const standing = { sessionId, applicationId, sid, endedAt: IsNull() };
    return exactlyOne(await this.of(tx).update(standing, { endedAt }));
  }

  findBySid(sid: string): Promise<OpenidSessionClientEntity | null> {
    return this.of().findOneBy({ sid, endedAt: IsNull() });
  }

  /** Deletes at most `batch` rows made before `time`: how many. */
  async deleteMadeBefore(time: Date, batch: number): Promise<number> {
    const old = await this.of().find({ where: { createdAt: LessThan(time) }, take: batch });
    if (old.length > 0) await this.of().remove(old);
    return old.length;
  }
}
