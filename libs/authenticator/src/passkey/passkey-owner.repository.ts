import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `passkeyOwner`: the opaque handle by which authenticators know a person. */
@Entity('passkeyOwner')
@Index('passkeyOwnerByHandle', ['handle'], { unique: true })
export class PasskeyOwnerEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  accountId!: string;

  /** The user handle of WebAuthn: 32 random bytes, base64url. */
  @Column({ type: 'varchar', length: 43 })
  handle!: string;

  /** Number of enrolments; every enrolment writes it, so that concurrent ones conflict. */
  @Column({ type: 'int' })
  enrolments!: number;
}

/** The table `passkeyOwner`. */
@Injectable()
export class PasskeyOwnerRepository extends EntityRepository<PasskeyOwnerEntity> {
  constructor(@InjectRepository(PasskeyOwnerEntity) rows: Repository<PasskeyOwnerEntity>) {
    super(rows);
  }

  async findHandle(accountId: string): Promise<string | undefined> {
    return (await this.of().findOneBy({ accountId }))?.handle;
  }

  /** Returns the person's handle, and stores `handle` for a person without one. Concurrent callers get the same one. */
  async findHandleOrInsert(accountId: string, handle: string): Promise<string> {
    const known = await this.findHandle(accountId);
    if (known) return known;
    if (await this.insertNew({ accountId, handle, enrolments: 0 })) return handle;
    return (await this.of().findOneByOrFail({ accountId })).handle;
  }

  /**
   * Has concurrent enrolments of one person wait for each other. The row is really changed: an update without a change
   * does not reach other nodes of a Galera cluster. Returns false for an erased person.
   */
  async lockForUpdate(accountId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ accountId }, { enrolments: () => 'enrolments + 1' }));
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
