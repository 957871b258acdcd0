import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThan, Repository } from 'typeorm';
import { SigningKeyEntity } from './signing-key.entity';

/** The table `signingKey`. */
@Injectable()
export class SigningKeyRepository extends EntityRepository<SigningKeyEntity> {
  constructor(@InjectRepository(SigningKeyEntity) rows: Repository<SigningKeyEntity>) {
    super(rows);
  }

  /** Every key, oldest first. */
  all(tx?: EntityManager): Promise<SigningKeyEntity[]> {
    return this.of(tx).find({ order: { id: 'ASC' } });
  }

  /** Whether the key was added: not when another instance has just added one in its place. */
  add(key: SigningKeyEntity): Promise<boolean> {
    return this.insertNew(key);
  }

  /** Whether the active key was, and is retired. */
  async retire(id: string, retiredAt: Date, tx: EntityManager): Promise<boolean> {
    const changes = { state: 'retired', slot: null, retiredAt } as const;
    return exactlyOne(await this.of(tx).update({ id, state: 'active' }, changes));
  }

  /** Whether the key was next, and is active. */
  async activate(id: string, slot: string, activatedAt: Date, tx: EntityManager): Promise<boolean> {
    const changes = { state: 'active', slot, activatedAt } as const;
    return exactlyOne(await this.of(tx).update({ id, state: 'next' }, changes));
  }

  /** Deletes the keys that were retired before `time`. Returns the number. */
  async deleteRetiredBefore(time: Date): Promise<number> {
    const { affected } = await this.of().delete({ state: 'retired', retiredAt: LessThan(time) });
    return affected ?? 0;
  }
}
