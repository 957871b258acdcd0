import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, IsNull, MoreThan, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The table `openidArtifact`: codes, tokens, grants, interactions, pushed requests. */
@Entity('openidArtifact')
@Index('openidArtifactOfGrant', ['grantId'])
@Index('openidArtifactByExpiry', ['expiresAt'])
export class OpenidArtifactEntity {
  /** The kind, as `oidc-provider` names it. */
  @PrimaryColumn({ type: 'varchar', length: 32 })
  model!: string;

  /** SHA-256 of its id, hexadecimal: the id is the code or token itself. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  idDigest!: string;

  @Column({ type: 'varchar', length: 64, nullable: true })
  grantId!: string | null;

  /** JSON, with a placeholder wherever the artifact's id was. */
  @Column({ type: 'text' })
  payload!: string;

  @Column({ type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  consumedAt!: Date | null;
}

type Key = Pick<OpenidArtifactEntity, 'model' | 'idDigest'>;
/** A row that has not expired at `now`. */
type LiveKey = Key & { now: Date };

const FOUND = { model: true, idDigest: true, grantId: true, payload: true, consumedAt: true } as const;
/** A row with its grant, if that has not expired either. */
export type FoundArtifact = Pick<OpenidArtifactEntity, keyof typeof FOUND> & {
  grant?: Pick<OpenidArtifactEntity, 'payload' | 'consumedAt'> | null;
};

const OWN_GRANT =
  "row.model <> 'Grant' AND grant.model = 'Grant' AND grant.grantId = row.grantId AND grant.expiresAt > :now";

/** The table `openidArtifact`. The database decides whether a row has expired. */
@Injectable()
export class OpenidArtifactRepository extends EntityRepository<OpenidArtifactEntity> {
  readonly #byKey = this.batched((keys: readonly LiveKey[]) => this.#load(keys));
  readonly #live = this.prepared(() =>
    this.of()
      .createQueryBuilder('row')
      .setFindOptions({ select: FOUND })
      .leftJoinAndMapOne('row.grant', OpenidArtifactEntity, 'grant', OWN_GRANT)
      .where('row.model IN (:...models) AND row.idDigest IN (:...digests) AND row.expiresAt > :now'),
  );

  constructor(@InjectRepository(OpenidArtifactEntity) rows: Repository<OpenidArtifactEntity>) {
    super(rows);
  }

  /** Inserts the row, or replaces its payload and expiry. A consumed row stays consumed. */
  async put(artifact: Omit<OpenidArtifactEntity, 'consumedAt'>): Promise<void> {
    await this.of().upsert(artifact, ['model', 'idDigest']);
  }

  /** Whether the row was added: not when there is one of this id, expired or not. */
  add(artifact: OpenidArtifactEntity): Promise<boolean> {
    return this.insertNew(artifact);
  }

  /** Requests of one turn share one SELECT: introspection looks a token up under each possible model. */
  find(key: LiveKey): Promise<FoundArtifact | undefined> {
    return this.#byKey(key);
  }

  /** The row, though it may have expired and is not yet deleted. */
  findExpiredToo({ model, idDigest }: Key): Promise<OpenidArtifactEntity | null> {
    return this.of().findOneBy({ model, idDigest });
  }

  /** Whether it was good, and is consumed: of several callers, one is answered with `true`. */
  async consume({ model, idDigest }: Key, now: Date): Promise<boolean> {
    const good = { model, idDigest, consumedAt: IsNull(), expiresAt: MoreThan(now) };
    return exactlyOne(await this.of().update(good, { consumedAt: now }));
  }

  async delete({ model, idDigest }: Key, tx?: EntityManager): Promise<void> {
    await this.of(tx).delete({ model, idDigest });
  }

  async deleteByGrant(model: string, grantId: string): Promise<void> {
    await this.of().delete({ model, grantId });
  }

  /** Everything that was issued under the grant, of whichever model. */
  async deleteAllOfGrant(grantId: string, tx?: EntityManager): Promise<void> {
    await this.of(tx).delete({ grantId });
  }

  async #load(keys: readonly LiveKey[]): Promise<(FoundArtifact | undefined)[]> {
    const models = [...new Set(keys.map(({ model }) => model))];
    const digests = [...new Set(keys.map(({ idDigest }) => idDigest))];
    // The keys of one turn; the last is the latest.
    const rows = await this.#live({ models, digests, now: keys.at(-1)!.now });
    return keys.map((key) => rows.find((row) => row.model === key.model && row.idDigest === key.idDigest));
  }

  /** Deletes at most `batch` rows that expired before `time`: how many. By key, so that no lock is held on what lives. */
  async deleteExpiredBefore(time: Date, batch: number): Promise<number> {
    const expired = await this.of()
      .createQueryBuilder('row')
      .select(['row.model', 'row.idDigest'])
      .where('row.expiresAt < :time', { time })
      .orderBy('row.expiresAt')
      .limit(batch)
      .getMany();
    if (expired.length === 0) return 0;
    const { affected } = await this.of().delete(expired.map(({ model, idDigest }) => ({ model, idDigest })));
    return affected ?? 0;
  }
}
