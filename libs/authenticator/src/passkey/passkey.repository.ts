import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, In, IsNull, LessThanOrEqual, Not, Repository, SelectQueryBuilder } from 'typeorm';
import { PasskeyEntity } from './passkey.entity';
import type { AcceptedPasskeys } from './passkey.types';

/** The table `passkey`. */
@Injectable()
export class PasskeyRepository extends EntityRepository<PasskeyEntity> {
  constructor(@InjectRepository(PasskeyEntity) rows: Repository<PasskeyEntity>) {
    super(rows);
  }

  /** False when the credential is known already. */
  insert(passkey: PasskeyEntity, tx: EntityManager): Promise<boolean> {
    return this.insertNew(passkey, tx);
  }

  findByCredential(credentialDigest: string): Promise<PasskeyEntity | null> {
    return this.of().findOneBy({ credentialDigest, endedAt: IsNull() });
  }

  /** The person's passkeys that open something, oldest first. */
  list(accountId: string): Promise<PasskeyEntity[]> {
    return this.of().find({ where: { accountId, endedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** Those of each of these people, at most 1,000 ids. */
  findAll(accountIds: readonly string[]): Promise<PasskeyEntity[]> {
    return this.of().find({ where: { accountId: In(accountIds), endedAt: IsNull() }, order: { id: 'ASC' } });
  }

  /** How many of the person's open something, as `tx` sees them. */
  count(accountId: string, tx: EntityManager): Promise<number> {
    return this.of(tx).countBy({ accountId, endedAt: IsNull() });
  }

  /** Which of these people have one that is as `accepted` says. At most 1,000 ids. */
  async holders(accountIds: readonly string[], accepted: AcceptedPasskeys): Promise<string[]> {
    const query = this.holdersQuery(accepted)
      .distinct()
      .andWhere({ accountId: In(accountIds) });
    return (await query.getRawMany<{ accountId: string }>()).map(({ accountId }) => accountId);
  }

  /** The ids of all who have one that is as `accepted` says, for a statement of another lib: no parameter is in it. */
  holdersQuery(accepted: AcceptedPasskeys): SelectQueryBuilder<PasskeyEntity> {
    const query = this.of()
      .createQueryBuilder('passkey')
      .select('passkey.accountId', 'accountId')
      .where('passkey.endedAt IS NULL');
    if (accepted.kind === 'device') query.andWhere("passkey.kind = 'device'");
    if (accepted.identity === 'proven') query.andWhere('passkey.identityProof IS NOT NULL');
    return query;
  }

  /** Keeps what an assertion says, where nothing has used the passkey since it was read, and it opens something still. */
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

  /** Where nothing proves it yet: a proof by card or Pro Santé Connect is not overwritten. */
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

  async endAll(accountId: string, endedAt: Date, tx: EntityManager): Promise<number> {
    return (await this.of(tx).update({ accountId, endedAt: IsNull() }, { endedAt })).affected ?? 0;
  }

  async erase(accountId: string, tx: EntityManager): Promise<void> {
    await this.of(tx).delete({ accountId });
  }

  /** A passkey that opens something elsewhere than at `rpId`. */
  findOfOther(rpId: string): Promise<PasskeyEntity | null> {
    return this.of().findOneBy({ rpId: Not(rpId), endedAt: IsNull() });
  }

  deleteEndedBefore(limit: Date, batch: number): Promise<number> {
    return this.deleteOldest({ endedAt: LessThanOrEqual(limit) }, { endedAt: 'ASC' }, batch);
  }
}
