import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
import { EntityManager, LessThanOrEqual, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { GateSignIn } from './own-pages';

/**
 * The table `gateSignIn`: consumed sign-ins, until they expire. Their other data is in the `state` of OpenID Connect; the
 * previous release stored it here (docs/adr/0030).
 */
@Entity('gateSignIn')
@Index('gateSignInByExpiry', ['expiresAt'])
export class GateSignInEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 36 })
  applicationId!: string;

  /** The application's origin that was asked: it may have several. */
  @Column({ type: 'varchar', length: 300 })
  origin!: string;

  /** Empty, and so are the next three columns: of the release before. */
  @Column({ type: 'text' })
  target!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  acr!: string | null;

  @Column({ type: 'int', nullable: true })
  maxAgeSeconds!: number | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  secretDigest!: string | null;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;
}

/** The table `gateSignIn`. */
@Injectable()
export class GateSignInRepository extends EntityRepository<GateSignInEntity> {
  constructor(@InjectRepository(GateSignInEntity) rows: Repository<GateSignInEntity>) {
    super(rows);
  }

  /** Uses the sign-in up: of several callers, one does. */
  use({ id, applicationId, origin, expiresAt }: GateSignIn, tx: EntityManager): Promise<boolean> {
    const unused = { target: '', acr: null, maxAgeSeconds: null, secretDigest: null };
    return this.insertNew({ id, applicationId, origin, ...unused, expiresAt: new Date(expiresAt) }, tx);
  }

  /** Deletes at most `batch` expired rows. Returns their number. */
  deleteExpired(now: Date, batch: number): Promise<number> {
    return this.deleteOldest({ expiresAt: LessThanOrEqual(now) }, { expiresAt: 'ASC' }, batch);
  }
}
