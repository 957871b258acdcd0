import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { addMilliseconds, DAY } from '@portillon/kernel';
import { EntityRepository, exactlyOne } from '@portillon/persistence';
import { EntityManager, LessThan, Repository, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** RS256 first: every relying party reads it (OpenID Connect Core, 15.1). ES256 is the short and fast one. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Published before it signs, signs, published until what it signed has expired. */
export type SigningKeyState = 'next' | 'active' | 'retired';

/** A key of the service, as it is listed. */
export interface SigningKeyInfo {
  id: string;
  algorithm: SigningAlgorithm;
  state: SigningKeyState;
  createdAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
}

/** The result of a rotation. */
export type SigningKeyRotation =
  | { status: 'rotated'; keys: SigningKeyInfo[] }
  | { status: 'none-next' }
  | { status: 'too-soon'; readyAt: Date };

/** A relying party that read the keys a day ago still knows the key that starts to sign. */
const PUBLISHED_BEFORE_MS = DAY;

/** Longer than the longest life of a token and of a session: an ID token is a hint when the user signs out. */
export const PUBLISHED_AFTER_MS = DAY;

/** From when on a key made at `createdAt` may sign without a refused token. */
export function readyAt(createdAt: Date): Date {
  return addMilliseconds(createdAt, PUBLISHED_BEFORE_MS);
}

/** Keys retired before this time are no longer published. */
export function publishedSince(now: Date): Date {
  return addMilliseconds(now, -PUBLISHED_AFTER_MS);
}

/** The table `signingKey`. */
@Entity('signingKey')
@Index('signingKeySlot', ['slot'], { unique: true })
export class SigningKeyEntity {
  /** The `kid` of what it signs. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 16 })
  algorithm!: SigningAlgorithm;

  @Column({ type: 'varchar', length: 16 })
  state!: SigningKeyState;

  /** Algorithm and state while there can be one such key, so that two instances cannot make it twice; null when retired. */
  @Column({ type: 'varchar', length: 32, nullable: true })
  slot!: string | null;

  /** The private JWK, sealed by the deployment's keys. */
  @Column({ type: 'text' })
  sealed!: string;

  @Column({ type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  activatedAt!: Date | null;

  @Column({ type: 'datetime', precision: 3, nullable: true })
  retiredAt!: Date | null;
}

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
