import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, In, LessThan, Repository } from 'typeorm';
import { OpenidSessionClientEntity } from './openid-session-client.entity';

/** The table `openidSessionClient`. */
@Injectable()
export class OpenidSessionClientRepository extends EntityRepository<OpenidSessionClientEntity> {
  constructor(@InjectRepository(OpenidSessionClientEntity) rows: Repository<OpenidSessionClientEntity>) {
    super(rows);
  }

  /** Makes the row, or says that the application was entered again. */
  async put(client: OpenidSessionClientEntity): Promise<void> {
    await this.of().upsert(client, ['sessionId', 'applicationId']);
  }

  ofSession(sessionId: string): Promise<OpenidSessionClientEntity[]> {
    return this.of().findBy({ sessionId });
  }

  ofSessions(sessionIds: readonly string[], tx: EntityManager): Promise<OpenidSessionClientEntity[]> {
    return this.of(tx).findBy({ sessionId: In(sessionIds) });
  }

  findBySid(sid: string): Promise<OpenidSessionClientEntity | null> {
    return this.of().findOneBy({ sid });
  }

  /** Deletes at most `batch` rows made before `time`: how many. */
  async deleteMadeBefore(time: Date, batch: number): Promise<number> {
    const old = await this.of().find({ where: { createdAt: LessThan(time) }, take: batch });
    if (old.length > 0) await this.of().remove(old);
    return old.length;
  }
}
