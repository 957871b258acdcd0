import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository } from '@portillon/persistence';
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
    if (await this.insertNew({ accountId, handle })) return handle;
    return (await this.of().findOneByOrFail({ accountId })).handle;
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }
}
