import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import {
  EntityManager,
  In,
  IsNull,
  LessThanOrEqual,
  MoreThanOrEqual,
  Not,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { PasskeyEntity } from './passkey.entity';
import type { AcceptedPasskeys } from './passkey.types';

/** The table `passkey`. */
@Injectable()
export class PasskeyRepository extends EntityRepository<PasskeyEntity> {
  constructor(@InjectRepository(PasskeyEntity) rows: Repository<PasskeyEntity>) {
    super(rows);
  }

  /** Returns false when the credential exists already. */
  insert(passkey: PasskeyEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(passkey, tx);
  }

  findByCredential(credentialDigest: string): Promise<PasskeyEntity | null> {
    return this.of().findOneBy({ credentialDigest, endedAt: IsNull() });
  }

  /** Active passkeys of the person, oldest first. */
  findAllOf(accountId: string): Promise<PasskeyEntity[]> {
    return this.of().find({ where: { accountId, endedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** Active passkeys of these people, at most 1,000 ids. */
  findAll(accountIds: readonly string[]): Promise<PasskeyEntity[]> {
    return this.of().find({ where: { accountId: In(accountIds), endedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** Number of the person's active passkeys in `tx`. */
  count(accountId: string, tx: EntityManager): Promise<number> {
    return this.of(tx).countBy({ accountId, endedAt: IsNull() });
  }

  /** Those of these people who have a passkey that meets `accepted`. At most 1,000 ids. */
  async findHolders(accountIds: readonly string[], accepted: AcceptedPasskeys): Promise<string[]> {
    const query = this.holdersQuery(accepted)
      .distinct()
      .andWhere({ accountId: In(accountIds) });
    return (await query.getRawMany<{ accountId: string }>()).map(({ accountId }) => accountId);
  }

  /**
   * Query for the ids of all who have a passkey that meets `accepted`, for statements of other libraries. It has no
   * parameters.
   */
  holdersQuery(accepted: AcceptedPasskeys): SelectQueryBuilder<PasskeyEntity> {
    const query = this.of()
      .createQueryBuilder('passkey')
      .select('passkey.accountId', 'accountId')
      .where('passkey.endedAt IS NULL');
    if (accepted.kind === 'device') query.andWhere("passkey.kind = 'device'");
    if (accepted.identity === 'proven') query.andWhere('passkey.identityProof IS NOT NULL');
    return query;
  }

  /** Records an assertion, if the passkey was not used since it was read and is still active. */
  async recordUse(
    { id, signCount }: Pick<PasskeyEntity, 'id' | 'signCount'>,
    use: Pick<PasskeyEntity, 'signCount' | 'backedUp' | 'lastUsedAt'>,
    tx: EntityManager,
  ): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, signCount, endedAt: IsNull() }, use));
  }

  async rename(accountId: string, id: string, name: string, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, accountId, endedAt: IsNull() }, { name }));
  }

  /** Sets the proof of identity if there is none: a proof by card or Pro Santé Connect is not overwritten. */
  async proveIdentity(
    accountId: string,
    id: string,
    proof: Pick<PasskeyEntity, 'identityProof' | 'identityProvedAt'>,
    tx: EntityManager,
  ): Promise<boolean> {
    const unproven = { id, accountId, endedAt: IsNull(), identityProof: IsNull() };
    return exactlyOne(await this.of(tx).update(unproven, proof));
  }

  async end(accountId: string, id: string, endedAt: Date, tx: EntityManager): Promise<boolean> {
    return exactlyOne(await this.of(tx).update({ id, accountId, endedAt: IsNull() }, { endedAt }));
  }

  async endAll(accountId: string, endedAt: Date, tx: EntityManager, since = new Date(0)): Promise<number> {
    const active = { accountId, endedAt: IsNull(), createdAt: MoreThanOrEqual(since) };
    return (await this.of(tx).update(active, { endedAt })).affected ?? 0;
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** Returns an active passkey of another relying party than `rpId`. */
  findOfOther(rpId: string): Promise<PasskeyEntity | null> {
    return this.of().findOneBy({ rpId: Not(rpId), endedAt: IsNull() });
  }

  deleteEndedBefore(limit: Date, batch: number): Promise<number> {
    return this.deleteOldest({ endedAt: LessThanOrEqual(limit) }, { endedAt: 'ASC' }, batch);
  }
}
