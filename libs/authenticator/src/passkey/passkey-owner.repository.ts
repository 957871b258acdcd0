import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, Repository } from 'typeorm';
import { PasskeyOwnerEntity } from './passkey-owner.entity';

/** The table `passkeyOwner`. */
@Injectable()
export class PasskeyOwnerRepository extends EntityRepository<PasskeyOwnerEntity> {
  constructor(@InjectRepository(PasskeyOwnerEntity) rows: Repository<PasskeyOwnerEntity>) {
    super(rows);
  }

  async handleOf(accountId: string): Promise<string | undefined> {
    return (await this.of().findOneBy({ accountId }))?.handle;
  }

  /** The person's handle: `handle` when they had none. Of two callers at once, both get that of the first. */
  async handleOrElse(accountId: string, handle: string): Promise<string> {
    const known = await this.handleOf(accountId);
    if (known) return known;
    if (await this.insertNew({ accountId, handle, enrolments: 0 })) return handle;
    return (await this.of().findOneByOrFail({ accountId })).handle;
  }

  /**
   * Of several enrolments of one person, each waits for the transaction of the one before. The row is really changed:
   * an update that changes nothing reaches no other node of a Galera cluster. False of a person who was erased.
   */
  async hold(accountId: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ accountId }, { enrolments: () => 'enrolments + 1' }));
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
