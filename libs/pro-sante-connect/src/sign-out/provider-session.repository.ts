import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { ExpiringRepository } from '../expiring.repository';

/** The table `pscSession`: the data to sign out at PSC, and to end our sessions when PSC signs a user out. */
@Entity('pscSession')
@Index('pscSessionBySid', ['sid'])
@Index('pscSessionBySubject', ['subject'])
@Index('pscSessionByExpiry', ['expiresAt'])
export class ProviderSessionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  sessionId!: string;

  @Column({ type: 'varchar', length: 255 })
  subject!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sid!: string | null;

  @Column({ type: 'text' })
  idTokenSealed!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  signOutDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `pscLogout`: logout tokens that were taken, so that none is taken twice. */
@Entity('pscLogout')
@Index('pscLogoutBySid', ['sid'])
@Index('pscLogoutByExpiry', ['expiresAt'])
export class LogoutTokenEntity {
  /** SHA-256 of the token's id. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  @Column({ type: 'varchar', length: 255, nullable: true })
  sid!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

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

/** The table `pscLogout`: logout tokens that were taken. */
@Injectable()
export class LogoutTokenRepository extends ExpiringRepository<LogoutTokenEntity> {
  constructor(@InjectRepository(LogoutTokenEntity) rows: Repository<LogoutTokenEntity>) {
    super(rows);
  }

  /** Records that the token is used, and commits at once: the unique key lets only one caller do so. */
  insert(token: LogoutTokenEntity): Promise<boolean> {
    return this.insertNew(token);
  }

  async remove(id: string): Promise<void> {
    await this.of().delete({ id });
  }

  namesSession(sid: string): Promise<boolean> {
    return this.of().existsBy({ sid });
  }
}
