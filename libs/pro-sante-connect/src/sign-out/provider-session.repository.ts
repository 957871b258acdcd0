import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { ExpiringRepository } from '../expiring.repository';
import { ProviderSessionEntity } from './provider-session.entity';

/** The sessions that PSC means: those of one PSC session or, when it names none, all of the user. */
export interface NamedSessions {
  sid: string | null;
  subject: string | null;
}

/** The table `pscSession`: PSC's side of our sessions. */
@Injectable()
export class ProviderSessionRepository extends ExpiringRepository<ProviderSessionEntity> {
  constructor(@InjectRepository(ProviderSessionEntity) rows: Repository<ProviderSessionEntity>) {
    super(rows);
  }

  async insert(session: ProviderSessionEntity, tx?: EntityManager): Promise<void> {
    await this.of(tx).insert(session);
  }

  find(sessionId: string): Promise<ProviderSessionEntity | null> {
    return this.of().findOneBy({ sessionId });
  }

  /** By `sid`, by `subject`, or by both when both are named; empty when neither is. */
  async findNamed({ sid, subject }: NamedSessions): Promise<string[]> {
    if (sid === null && subject === null) return [];
    const named = { ...(sid === null ? {} : { sid }), ...(subject === null ? {} : { subject }) };
    const rows = await this.of().find({ select: { sessionId: true }, where: named });
    return rows.map((row) => row.sessionId);
  }

  /** Whether there is such a session to sign out of. */
  async beginSignOut(sessionId: string, signOutDigest: string): Promise<boolean> {
    return exactlyOne(await this.of().update({ sessionId }, { signOutDigest }));
  }

  async remove(sessionId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ sessionId });
  }

  /** Removes the session whose sign-out was begun with this digest: `true` for one caller. */
  async removeSignedOut(sessionId: string, signOutDigest: string): Promise<boolean> {
    return exactlyOne(await this.of().delete({ sessionId, signOutDigest }));
  }
}
